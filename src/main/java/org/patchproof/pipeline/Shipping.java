package org.patchproof.pipeline;

/** What {@code build} puts together for other hosts. */
public enum Shipping {
    /** The packages. */
    PACKAGES,
    /** The guest too: trials on several hosts are comparable only in one and the same. */
    WITH_GUEST
}
