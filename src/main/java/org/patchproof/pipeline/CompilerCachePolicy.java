package org.patchproof.pipeline;

/** Whether a build may use a compiler cache. */
public enum CompilerCachePolicy {
    /** Use ccache where it is installed: the second variant of a kernel builds in a fraction of the time. */
    USE,
    /** Compile everything. */
    OFF
}
