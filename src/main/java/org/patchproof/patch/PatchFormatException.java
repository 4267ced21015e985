package org.patchproof.patch;

import java.util.Objects;

/** A patch file that must not be used as it is: where it is wrong, what is wrong, and what to do. */
public final class PatchFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;
    private final String problem;
    private final String remedy;

    /**
     * Builds the message {@code file:line:column: problem} with the remedy on the next line.
     *
     * @param file the patch file's name
     * @param line counted from 1
     * @param column counted from 1, in bytes
     * @param problem what is wrong
     * @param remedy what to do about it
     */
    public PatchFormatException(String file, int line, int column, String problem, String remedy) {
        super(file + ":" + line + ":" + column + ": " + problem + "\n  remedy: " + remedy);
        this.file = Objects.requireNonNull(file);
        this.line = line;
        this.column = column;
        this.problem = Objects.requireNonNull(problem);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** The patch file's name. */
    public String file() {
        return file;
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    /** The column, counted from 1. */
    public int column() {
        return column;
    }

    /** What is wrong. */
    public String problem() {
        return problem;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
