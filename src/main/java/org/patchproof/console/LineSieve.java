package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * Hands over those lines of a log in which a pattern may be found, and passes over the rest as fast as
 * memory is read. A line is handed over when it has a text that some pattern needs, or a control
 * character (which could hide one), or when the reader asked for all. Memory is bounded whatever the
 * length of a line.
 */
public final class LineSieve {
    /** More do not help: reading is slower than four can mark. */
    private static final int MOST_MARKERS = 4;

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

    private LineSieve(Collection<Pattern> patterns, int limit, int sample, Lines lines) {
        this.gate = LiteralGate.of(patterns);
        this.limit = limit;
        this.sample = sample;
        this.lines = Objects.requireNonNull(lines);
        if (limit < 1 || limit > LineBlock.SIZE / 2) {
            throw new IllegalArgumentException("a line's limit is from 1 to " + LineBlock.SIZE / 2 + ", not " + limit);
        }
    }

    /**
     * Reads {@code log} to its end, in threads of its own; lines are handed over in this one. The caller
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
        int markers = Math.min(Runtime.getRuntime().availableProcessors(), MOST_MARKERS);
        ExecutorService workers = Executors.newFixedThreadPool(markers, task -> daemon(task, "patchproof-marker"));
        LineScout scout = new LineScout(log, 2 * markers + 2, block -> sieve.mark(block, workers));
        Thread thread = daemon(scout, "patchproof-scout");
        thread.start();
        try {
            return sieve.blocks(scout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a log");
        } finally {
            thread.interrupt();
            workers.shutdownNow();
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private Future<?> mark(LineBlock block, ExecutorService workers) {
        return gate.isPresent()
                ? workers.submit(() -> LineMarker.mark(block, gate.get(), sample))
                : CompletableFuture.completedFuture(null);
    }

    private long blocks(LineScout scout) throws IOException, InterruptedException {
        for (LineBlock block = scout.take(); ; block = scout.take()) {
            if (block.trouble.isPresent()) {
                throw block.trouble.get();
            }
            if (block.last()) {
                return number - 1;
            }
            bytes = block.bytes;
            if (block.single >= 0) {
                appetite = hand(number, 0, block.end, block.single);
                number++;
                base += block.single + 1;
            } else {
                await(block);
                whole(block);
                base += block.end;
            }
            scout.giveBack(block);
        }
    }

    private static void await(LineBlock block) throws InterruptedException {
        try {
            block.marked.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("looking through a log failed: " + e.getCause(), e.getCause());
        }
    }

    /** Lines that all end in this block. */
    private void whole(LineBlock block) {
        int at = 0;
        int line = 0;
        int next = 0;
        while (at < block.end) {
            if (appetite == Appetite.SELECTED && gate.isPresent()) {
                while (next < block.marks && block.start(next) < at) {
                    next++;
                }
                if (next == block.marks) {
                    line = block.lines;
                    break;
                }
                at = block.start(next);
                line = block.number(next);
            }
            int feed = at;
            while (bytes[feed] != '\n') {
                feed++;
            }
            appetite = hand(number + line, at, feed - at, feed - at);
            line++;
            at = feed + 1;
        }
        number += line;
    }

    private Appetite hand(long line, int from, int length, long full) {
        return lines.line(line, base + from, bytes, from, Math.min(length, limit), full);
    }
}
