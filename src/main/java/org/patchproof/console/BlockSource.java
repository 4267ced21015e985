package org.patchproof.console;

/** Blocks of a log, in order, each marked or about to be. For one thread. */
interface BlockSource {
    /** The next block, or one that is {@link LineBlock#last}. */
    LineBlock take() throws InterruptedException;

    /** A block that was read through. */
    void giveBack(LineBlock used);
}
