package org.patchproof.pipeline;

/** Where the verdict on a candidate is found. */
public enum Judging {
    /** In this run: the control is tried along with its candidates. */
    HERE,
    /**
     * Where the bundles of several runs are merged: only the variants that are named are tried, and a
     * candidate whose control is not among them stays INCONCLUSIVE, pending.
     */
    LATER
}
