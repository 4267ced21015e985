package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.console.LineScout.Block;

/**
 * Hands over those lines of a log in which a pattern may be found, and passes over the rest as fast as
 * memory is read. A line is handed over when it has a text that some pattern needs, or a control
 * character (which could hide one), or when the reader asked for all. Memory is bounded whatever the
 * length of a line.
 */
public final class LineSieve {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int STRIDE = 32;
    private static final long HIGH = 0x8080808080808080L;
    private static final long FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;

    /** Which lines are wanted next. */
    public enum Appetite {
        /** Those that may matter. */
        SELECTED,
        /** Each, until told otherwise. */
        ALL
    }

    /** Takes lines. */
    @FunctionalInterface
    public interface Lines {
        /**
         * A line: {@code length} of {@code bytes} from {@code from}, without its line feed; the bytes are
         * only lent.
         *
         * @param number from 1
         * @param offset of its first byte in the log
         * @param full how long the line is in the log; more than {@code length} when it was cut
         * @return which lines are wanted next
         */
        Appetite line(long number, long offset, byte[] bytes, int from, int length, long full);
    }

    private final Optional<LiteralGate> gate;
    private final int limit;
    private final int sample;
    private final Lines lines;
    private byte[] bytes = new byte[0];
    private Appetite appetite = Appetite.SELECTED;
    private long number = 1;
    private long base;
    private int start;

    private LineSieve(Collection<Pattern> patterns, int limit, int sample, Lines lines) {
        this.gate = LiteralGate.of(patterns);
        this.limit = limit;
        this.sample = sample;
        this.lines = Objects.requireNonNull(lines);
        if (limit < 1 || limit > LineScout.BLOCK / 2) {
            throw new IllegalArgumentException("a line's limit is from 1 to " + LineScout.BLOCK / 2 + ", not " + limit);
        }
    }

    /**
     * Reads {@code log} to its end, in a thread of its own; lines are handed over in this one. The caller
     * closes the log.
     *
     * @param limit the most that is handed over of a line, in bytes
     * @return the number of lines
     */
    public static long sift(InputStream log, Collection<Pattern> patterns, int limit, Lines lines) throws IOException {
        return sift(log, patterns, limit, Integer.MAX_VALUE, lines);
    }

    /**
     * As the other, with samples: the first and the last line of the log, and one about every
     * {@code sample} bytes, are handed over whatever is in them.
     */
    public static long sift(InputStream log, Collection<Pattern> patterns, int limit, int sample, Lines lines)
            throws IOException {
        LineSieve sieve = new LineSieve(patterns, limit, sample, lines);
        LineScout scout = new LineScout(log, sieve.gate);
        Thread thread = new Thread(scout, "patchproof-scout");
        thread.setDaemon(true);
        thread.start();
        try {
            return sieve.blocks(scout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a log");
        } finally {
            thread.interrupt();
        }
    }

    private long blocks(LineScout scout) throws IOException, InterruptedException {
        for (Block block = scout.take(); ; block = scout.take()) {
            if (block.trouble.isPresent()) {
                throw block.trouble.get();
            }
            if (block.last()) {
                return number - 1;
            }
            bytes = block.bytes;
            if (block.single >= 0) {
                appetite = hand(0, block.end, block.single);
                number++;
                base += block.single + 1;
            } else {
                whole(block);
                base += block.end;
            }
            scout.giveBack(block);
        }
    }

    /** Lines that all end in this block. */
    private void whole(Block block) {
        int at = 0;
        int next = 0;
        int due = 0;
        while (at < block.end) {
            if (appetite == Appetite.ALL || gate.isEmpty()) {
                at = one(at, at);
                continue;
            }
            while (next < block.count && block.hits[next] < at) {
                next++;
            }
            int hit = next < block.count ? block.hits[next] : block.end;
            if (sample < Integer.MAX_VALUE) {
                while (due < at) {
                    due += sample;
                }
                hit = Math.min(hit, Math.min(due, block.end - 1));
            }
            start = at;
            int stop = skip(at, hit);
            at = stop < block.end ? one(start, stop) : block.end;
        }
    }

    /** Hands over the line from {@code from}, of which {@code inside} is a place; where the next begins. */
    private int one(int from, int inside) {
        int feed = inside;
        while (bytes[feed] != '\n') {
            feed++;
        }
        appetite = hand(from, feed - from, feed - from);
        number++;
        return feed + 1;
    }

    private Appetite hand(int from, int length, long full) {
        return lines.line(number, base + from, bytes, from, Math.min(length, limit), full);
    }

    /**
     * Counts the lines up to {@code to}, or to the first control character that could hide a text. Leaves
     * the beginning of the line there in {@link #start}.
     */
    private int skip(int from, int to) {
        int at = from;
        while (at + STRIDE <= to) {
            if (dull(at)) {
                at += STRIDE;
                continue;
            }
            for (int last = at + STRIDE; at < last; at += 8) {
                long eight = (long) LONG.get(bytes, at);
                long feeds = equal(eight, FEEDS);
                if ((controls(eight) & ~feeds) != 0) {
                    int hidden = careful(at, at + 8);
                    if (hidden < at + 8) {
                        return hidden;
                    }
                } else if (feeds != 0) {
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

    /**
     * No control character in the 32 bytes from {@code at}. A byte of a blank or more has one of its three
     * high bits; a DEL plus one has the highest.
     */
    private boolean dull(int at) {
        long a = (long) LONG.get(bytes, at);
        long b = (long) LONG.get(bytes, at + 8);
        long c = (long) LONG.get(bytes, at + 16);
        long d = (long) LONG.get(bytes, at + 24);
        long visible = (a | a << 1 | a << 2) & (b | b << 1 | b << 2) & (c | c << 1 | c << 2) & (d | d << 1 | d << 2);
        long deleted =
                (a & ~HIGH) + ONES & ~a | (b & ~HIGH) + ONES & ~b | (c & ~HIGH) + ONES & ~c | (d & ~HIGH) + ONES & ~d;
        return (visible & ~deleted & HIGH) == HIGH;
    }

    /** The high bit of each byte that is a control character. */
    private static long controls(long eight) {
        long low = eight & ~HIGH;
        return (~(low + 0x6060606060606060L) | low + ONES) & ~eight & HIGH;
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
