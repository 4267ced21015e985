package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * One thing that is wrong in what the user wrote.
 *
 * @param file the file (or folder), relative to the workspace where it lies in one
 * @param line from 1; 0 when the trouble is with the file as a whole
 * @param column from 1, counted in code points; 0 when the trouble is with the file as a whole
 * @param message what is wrong
 * @param remedy what to do about it
 */
public record Problem(Path file, int line, int column, String message, String remedy) {
    public Problem {
        requireNonNull(file);
        requireNonNull(message);
        requireNonNull(remedy);
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("a place before the file: " + line + ":" + column);
        }
    }

    /** {@code file:line:column}, or only the file when the trouble is with the file as a whole. */
    public String place() {
        return line == 0 ? file.toString() : file + ":" + line + ":" + column;
    }

    /** Two lines: place and message, then the remedy, indented. */
    @Override
    public String toString() {
        return place() + ": " + message + "\n    " + remedy;
    }
}
