package org.patchproof.patch;

/** A file of the tree that cannot be patched whatever the patch says; becomes an outcome, never leaves the room. */
final class UnfitTreeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    UnfitTreeException(String path, String why) {
        super(why);
        this.path = path;
    }

    String path() {
        return path;
    }
}
