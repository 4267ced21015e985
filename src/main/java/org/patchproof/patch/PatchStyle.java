package org.patchproof.patch;

/** How a patch is written into a SOURCES directory. */
public enum PatchStyle {
    /** Byte for byte as it was read. */
    AS_GIVEN,
    /**
     * Only {@code ---}, {@code +++} and hunks. {@code git apply} skips a patch with {@code diff --git}
     * headers, without an error, when the build directory lies inside some other git work tree.
     */
    PLAIN,
    /**
     * A mail that {@code git am} takes: as it was read where it is one, else with the head of a mail
     * put before it.
     */
    MAIL
}
