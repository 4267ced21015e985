package org.patchproof.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Whole lines of a log, perhaps one more at the end that is long or the last, and which are to be handed over. */
final class LineBlock {
    /** How much of a file belongs to a block. */
    static final int CHUNK = 1 << 19;

    /** With that, a line that begins at the end of the block has this much room at least. */
    static final int ROOM = CHUNK / 4;

    static final int SIZE = CHUNK + ROOM;

    final byte[] bytes;

    /** Where {@link #bytes} are in the log. */
    long base;
    /** Where the whole lines begin. */
    int from;
    /** Where the whole lines end. */
    int end;
    /** Where the bytes end: with a single line after the whole ones, how much of it is here. */
    int filled;
    /** The length in the log of the single line at {@link #end}, -1 for none. */
    long single = -1;
    /** Whether it comes after all others, with nothing in it. */
    boolean last;
    /** What went wrong instead of a block. */
    Optional<IOException> trouble = Optional.empty();

    /** Done when the marks are there. */
    Future<?> marked = CompletableFuture.completedFuture(null);

    /** How many whole lines there are; as {@link #marks}, only where there is a gate. */
    int lines;

    int marks;
    private int[] starts = new int[64];
    private int[] numbers = new int[64];

    LineBlock() {
        this(SIZE);
    }

    private LineBlock(int size) {
        this.bytes = new byte[size];
    }

    /** The block after all others. */
    static LineBlock last(Optional<IOException> trouble) {
        LineBlock block = new LineBlock(0);
        block.last = true;
        block.trouble = trouble;
        return block;
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
