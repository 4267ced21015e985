package org.patchproof.plan;

/** What a variant is for. */
public enum VariantRole {
    /** Carries the instrumentation only, and must show the bug. */
    CONTROL,
    /** Carries the instrumentation and a fix. */
    CANDIDATE
}
