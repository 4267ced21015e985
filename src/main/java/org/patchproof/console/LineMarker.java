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
        int at = block.from;
        int due = at;
        int hit = gate.next(bytes, at, block.end);
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
            at = skip(at, to);
            if (at < block.end) {
                block.mark(start(at), number);
                at = feed(at) + 1;
                number++;
            }
        }
        block.lines = number;
    }

    private int start(int in) {
        int at = in;
        while (at > block.from && bytes[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private int feed(int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /**
     * Counts the lines up to {@code to}, or to the first control character that could hide a text.
     */
    private int skip(int from, int to) {
        byte[] all = bytes;
        int at = careful(from, Math.min(from + 7 & ~7, to));
        if ((at & 7) != 0) {
            return at;
        }
        for (; at + STRIDE <= to; at += STRIDE) {
            long a = (long) LONG.get(all, at);
            long b = (long) LONG.get(all, at + 8);
            long c = (long) LONG.get(all, at + 16);
            long d = (long) LONG.get(all, at + 24);
            // Whether all are visible characters of ASCII: adding the one sets the high bit of them, the other does
            // not. Here, as the quick compiler calls what is longer than a line or two.
            long other = a | b | c | d | a + ONES | b + ONES | c + ONES | d + ONES;
            if ((a + TO_BLANK & b + TO_BLANK & c + TO_BLANK & d + TO_BLANK & ~other & HIGH) == HIGH) {
                continue;
            }
            long feeds = together(equal(a, FEEDS), equal(b, FEEDS), equal(c, FEEDS), equal(d, FEEDS));
            if (feeds != together(controls(a), controls(b), controls(c), controls(d))) {
                int hidden = careful(at, at + STRIDE);
                if (hidden < at + STRIDE) {
                    return hidden;
                }
            } else if (feeds != 0) {
                number += (feeds & feeds - 1) == 0 ? 1 : Long.bitCount(feeds);
            }
        }
        return careful(at, to);
    }

    /** High bits of four words, in one. */
    private static long together(long a, long b, long c, long d) {
        return a >>> 3 | b >>> 2 | c >>> 1 | d;
    }

    private int careful(int from, int to) {
        int at = from;
        for (; at < to; at++) {
            if (bytes[at] == '\n') {
                number++;
            } else if (hides(at)) {
                return at;
            }
        }
        return to;
    }

    /**
     * The high bit of each byte that is a control character: it was not set, and adding what a blank lacks to it
     * does not set it, or adding one, as to a DEL, does.
     */
    private static long controls(long eight) {
        long low = eight & ~HIGH;
        return ~(low + TO_BLANK & ~(low + ONES) | eight) & HIGH;
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
