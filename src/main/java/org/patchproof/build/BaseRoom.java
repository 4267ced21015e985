package org.patchproof.build;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Which built trees go, so that one more can be kept: what nobody used for long, then what was unused longest,
 * until those that stay take no more than their share of the disk, and leave free what a build wants.
 */
final class BaseRoom {
    /** Trees of a large kernel with debug information are 20 GiB each; people work on one or two at a time. */
    static final long MOST_BYTES = 64L << 30;
    /** Of what the disk would have free without any of them, a quarter is theirs. */
    static final int SHARE = 4;

    static final Duration MOST_AGE = Duration.ofDays(30);

    /** One that is kept. */
    record Tree(String key, long bytes, Instant lastUsed) {
        Tree {
            Objects.requireNonNull(key);
            Objects.requireNonNull(lastUsed);
        }
    }

    /** Removes a tree; false when it is in use, and stays. */
    interface Removal {
        boolean remove(String key) throws IOException;
    }

    private final long most;
    private final LongSupplier free;
    private final Removal removal;

    /**
     * @param most bytes that all trees may take together, however large the disk is
     * @param free bytes that the disk has free now; asked again after each removal
     */
    BaseRoom(long most, LongSupplier free, Removal removal) {
        this.most = most;
        this.free = free;
        this.removal = removal;
    }

    /**
     * Removes what has to go. The tree that is added is no reason to keep none: it stays, however large.
     *
     * @param trees all that are there, the one longest unused first
     * @param added bytes of the one that is added, on the same disk already
     * @param room bytes that must be free afterwards
     */
    void make(List<Tree> trees, long added, long room, Instant now) throws IOException {
        long taken = added + trees.stream().mapToLong(Tree::bytes).sum();
        for (Tree tree : trees) {
            long left = free.getAsLong();
            boolean old = Duration.between(tree.lastUsed(), now).compareTo(MOST_AGE) > 0;
            boolean tooMuch = taken > Math.min(most, (taken + left) / SHARE);
            if ((old || tooMuch || left < room) && removal.remove(tree.key())) {
                taken -= tree.bytes();
            }
        }
    }
}
