package org.patchproof.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Whole lines of a log, or the beginning of one long line, and which of the lines are to be handed over. */
final class LineBlock {
    static final int SIZE = 1 << 20;

    final byte[] bytes = new byte[SIZE];
    /** Where the whole lines end; for a single line, how much of it is here. */
    int end;
    /** The length in the log of the single line in here, -1 for whole lines. */
    long single = -1;
    /** What went wrong instead of a block; with {@code end} 0 and no trouble it was the last one. */
    Optional<IOException> trouble = Optional.empty();

    /** Done when the marks are there. */
    Future<?> marked = CompletableFuture.completedFuture(null);

    /** How many lines there are; as {@link #marks}, only where there is a gate. */
    int lines;

    int marks;
    private int[] starts = new int[64];
    private int[] numbers = new int[64];

    boolean last() {
        return end == 0;
    }

    /** Where the line of a mark starts. */
    int start(int mark) {
        return starts[mark];
    }

    /** How many lines are before it in this block. */
    int number(int mark) {
        return numbers[mark];
    }

    void mark(int start, int number) {
        if (marks == starts.length) {
            starts = Arrays.copyOf(starts, 2 * marks);
            numbers = Arrays.copyOf(numbers, 2 * marks);
        }
        starts[marks] = start;
        numbers[marks++] = number;
    }
}
