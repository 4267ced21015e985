package org.patchproof.patch;

/** With which tool, and how exactly, a packaging applies a patch ({@code -p1} in every case). */
public sealed interface ApplyRule {

    /**
     * {@code patch -p1 -F<maxFuzz>}.
     *
     * @param maxFuzz how many context lines at each end of a hunk may differ: 0, 1 or 2. Never more:
     *     with 3 a hunk is known to land in the wrong function (busy-wait hunk on 4.14.67)
     */
    record GnuPatch(int maxFuzz) implements ApplyRule {
        public GnuPatch {
            if (maxFuzz < 0 || maxFuzz > 2) {
                throw new IllegalArgumentException("fuzz must be 0, 1 or 2, not " + maxFuzz
                        + "; rediff the patch against this tree instead of widening the fuzz");
            }
        }
    }

    /** {@code git apply}: offsets, but no fuzz. */
    record GitApply() implements ApplyRule {}

    /** GNU patch with at most {@code maxFuzz}. */
    static ApplyRule gnuPatch(int maxFuzz) {
        return new GnuPatch(maxFuzz);
    }

    /** {@code git apply}. */
    static ApplyRule gitApply() {
        return new GitApply();
    }

    /** As a person would type it: {@code patch -p1 -F1}, {@code git apply}. */
    default String words() {
        return this instanceof GnuPatch p ? "patch -p1 -F" + p.maxFuzz() : "git apply";
    }
}
