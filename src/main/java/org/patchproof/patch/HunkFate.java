package org.patchproof.patch;

import java.util.List;
import java.util.Objects;

/** What became of one hunk in a preflight. */
public sealed interface HunkFate {

    /**
     * It applies.
     *
     * @param line where its first line stands in the patched file, counted from 1
     * @param offset how many lines that is away from where the patch says
     * @param fuzz how many context lines at each end had to be ignored
     */
    record Applied(int line, int offset, int fuzz) implements HunkFate {}

    /**
     * It does not apply, but taking it out does: the tree has it.
     *
     * @param line where it stands
     * @param offset how far from where the patch says
     */
    record AlreadyIn(int line, int offset) implements HunkFate {}

    /**
     * It does not apply.
     *
     * @param why in the tool's words or ours
     * @param treeLines what the tree has where the hunk was expected, each as {@code number: text}
     * @param sideBySide the hunk beside the lines of the tree that are most like it; empty when the tree
     *     has no such file
     */
    record Rejected(String why, List<String> treeLines, List<SideBySide.Row> sideBySide) implements HunkFate {
        public Rejected {
            Objects.requireNonNull(why);
            treeLines = List.copyOf(treeLines);
            sideBySide = List.copyOf(sideBySide);
        }
    }

    /** One line for a person. */
    default String describe() {
        if (this instanceof Applied a) {
            return "applies at line " + a.line() + offsetWords(a.offset())
                    + (a.fuzz() == 0 ? "" : ", fuzz " + a.fuzz());
        }
        if (this instanceof AlreadyIn a) {
            return "already in, at line " + a.line() + offsetWords(a.offset());
        }
        return "rejected: " + ((Rejected) this).why();
    }

    private static String offsetWords(int offset) {
        return offset == 0 ? "" : " (offset " + offset + ")";
    }
}
