package org.patchproof.patch;

import java.util.List;
import java.util.Objects;

/**
 * One patch and what would become of it.
 *
 * @param patch the patch
 * @param verdict in one word
 * @param hunks per hunk, in the patch's order
 * @param notes what else a person should know; may be empty
 * @param command what was run, for a POSIX shell; the working directory is the tree
 */
public record PatchCheck(Patch patch, Verdict verdict, List<HunkCheck> hunks, List<String> notes, String command) {

    /** What would become of a whole patch. */
    public enum Verdict {
        /** Every hunk applies. */
        APPLIES,
        /** Taking the whole patch out works exactly: the tree has it already. */
        ALREADY_IN,
        /** At least one hunk neither applies nor is in, or lands in another function than it names. */
        REJECTED
    }

    /** The most context lines that had to be ignored for one of its hunks; 0 for a patch that applies exactly. */
    public int fuzz() {
        return hunks.stream()
                .map(HunkCheck::fate)
                .mapToInt(fate -> fate instanceof HunkFate.Applied applied ? applied.fuzz() : 0)
                .max()
                .orElse(0);
    }

    public PatchCheck {
        Objects.requireNonNull(patch);
        Objects.requireNonNull(verdict);
        hunks = List.copyOf(hunks);
        notes = List.copyOf(notes);
        Objects.requireNonNull(command);
    }
}
