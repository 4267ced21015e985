package org.patchproof.patch;

import java.util.Objects;

/**
 * Something in a patch file that a person should mend or know before anything is built.
 *
 * @param file the patch file's name
 * @param line counted from 1
 * @param column counted from 1, in bytes
 * @param severity how bad it is
 * @param kind what sort of thing it is
 * @param problem what is wrong
 * @param remedy what to do about it
 */
public record LintFinding(
        String file, int line, int column, Severity severity, Kind kind, String problem, String remedy) {

    /** How bad it is. */
    public enum Severity {
        /** The patch must not be used as it is. */
        ERROR,
        /** The patch can be used, and may not be what one thinks it is. */
        WARNING
    }

    /** What sort of thing it is. */
    public enum Kind {
        WHITE_SPACE,
        LINE_ENDS,
        COUNTS,
        OUTSIDE_TREE,
        SIGNED_OFF,
        REMOVES_FIX,
        /** All else that the strict reader refuses. */
        FORMAT
    }

    public LintFinding {
        Objects.requireNonNull(file);
        Objects.requireNonNull(severity);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(problem);
        Objects.requireNonNull(remedy);
    }

    static LintFinding of(PatchFormatException e, Kind kind) {
        return new LintFinding(e.file(), e.line(), e.column(), Severity.ERROR, kind, e.problem(), e.remedy());
    }

    /** {@code file:line:column: error: problem}. */
    public String message() {
        return file + ":" + line + ":" + column + ": " + (severity == Severity.ERROR ? "error: " : "warning: ")
                + problem;
    }
}
