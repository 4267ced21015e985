package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * One thing that is wrong in what the user wrote. Control characters and the like, which would come from
 * the user's file, are question marks in the texts.
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
        message = Shown.harmless(message);
        remedy = Shown.harmless(remedy);
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("a place before the file: " + line + ":" + column);
        }
    }

    /** {@code file:line:column}, or only the file when the trouble is with the file as a whole. */
    public String place() {
        String shown = Shown.harmless(file.toString());
        return line == 0 ? shown : shown + ":" + line + ":" + column;
    }

    /** Two lines: place and message, then the remedy, indented. */
    @Override
    public String toString() {
        return place() + ": " + message + "\n    " + remedy;
    }
}
