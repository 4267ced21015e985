package org.patchproof.pipeline;

/** What a build may begin with. */
public enum BuildPolicy {
    /** Packages of the same inputs, or the built tree of another variant, where that is sure. */
    REUSE,
    /** The source package; packages of the same inputs only if they were built like that, too. */
    CLEAN
}
