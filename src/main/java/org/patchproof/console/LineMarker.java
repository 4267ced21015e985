package org.patchproof.console;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Marks the lines of a block that are to be handed over: those with a text of the gate, those with a control
 * character, which could hide one, and samples. One for a block; those of several blocks may run at once.
 */
final class LineMarker {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int STRIDE = 32;
    private static final long HIGH = 0x8080808080808080L;
    private static final long FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long TO_BLANK = 0x6060606060606060L;

    private final LineBlock block;
    private final byte[] bytes;
    private final LiteralGate gate;
    private final int sample;
    private int start;
    private int number;

    private LineMarker(LineBlock block, LiteralGate gate, int sample) {
        this.block = block;
        this.bytes = block.bytes;
        this.gate = gate;
        this.sample = sample;
    }

    /**
     * Marks a block of whole lines.
     *
     * @param sample marks the first line, the last, and one about every so many bytes, too;
     *     {@code Integer.MAX_VALUE} for no samples
     */
    static void mark(LineBlock block, LiteralGate gate, int sample) {
        new LineMarker(block, gate, sample).mark();
    }

    private void mark() {
        block.marks = 0;
        int at = 0;
        int due = 0;
        int hit = gate.next(bytes, 0, block.end);
        while (at < block.end) {
            if (hit < at) {
                hit = gate.next(bytes, at, block.end);
            }
            int to = hit;
            if (sample < Integer.MAX_VALUE) {
                while (due < at) {
                    due += sample;
                }
                to = Math.min(hit, Math.min(due, block.end - 1));
            }
            start = at;
            at = skip(at, to);
            if (at < block.end) {
                block.mark(start, number);
                at = feed(at) + 1;
                number++;
            }
        }
        block.lines = number;
    }

    private int feed(int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /**
     * Counts the lines up to {@code to}, or to the first control character that could hide a text. Leaves
     * the beginning of the line there in {@link #start}.
     */
    private int skip(int from, int to) {
        byte[] all = bytes;
        int at = from;
        while (at + STRIDE <= to) {
            if (dull(all, at)) {
                at += STRIDE;
                continue;
            }
            for (int last = at + STRIDE; at < last; at += 8) {
                long eight = (long) LONG.get(all, at);
                long controls = ~visible(eight) & HIGH;
                if (controls == 0) {
                    continue;
                }
                long feeds = equal(eight, FEEDS);
                if (controls != feeds) {
                    int hidden = careful(at, at + 8);
                    if (hidden < at + 8) {
                        return hidden;
                    }
                } else {
                    number += Long.bitCount(feeds);
                    start = at + 8 - Long.numberOfLeadingZeros(feeds) / 8;
                }
            }
        }
        return careful(at, to);
    }

    private int careful(int from, int to) {
        int at = from;
        for (; at < to; at++) {
            if (bytes[at] == '\n') {
                number++;
                start = at + 1;
            } else if (hides(at)) {
                return at;
            }
        }
        return to;
    }

    /** No control character in the 32 bytes from {@code at}. */
    private static boolean dull(byte[] bytes, int at) {
        long a = visible((long) LONG.get(bytes, at));
        long b = visible((long) LONG.get(bytes, at + 8));
        long c = visible((long) LONG.get(bytes, at + 16));
        long d = visible((long) LONG.get(bytes, at + 24));
        return (a & b & c & d & HIGH) == HIGH;
    }

    /**
     * The high bit of each byte that is no control character: it was set, or adding what a blank lacks to it
     * sets it while adding one, as to a DEL, does not.
     */
    private static long visible(long eight) {
        long low = eight & ~HIGH;
        return low + TO_BLANK & ~(low + ONES) | eight;
    }

    /** The high bit of each byte that is the same in both. */
    private static long equal(long eight, long same) {
        long difference = eight ^ same;
        return ~((difference & ~HIGH) + ~HIGH | difference) & HIGH;
    }

    /** A carriage return at the end of a line hides nothing. */
    private boolean hides(int at) {
        byte b = bytes[at];
        return (b >= 0 && b < ' ' && b != '\t' && !(b == '\r' && bytes[at + 1] == '\n')) || b == 0x7F;
    }
}
