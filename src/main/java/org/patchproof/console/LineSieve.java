package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Hands over those lines of a log in which a pattern may be found, and passes over the rest as fast as
 * memory is read. A line is handed over when it has a text that some pattern needs, or a control
 * character (which could hide one), or when the reader asked for all. Memory is bounded whatever the
 * length of a line.
 */
public final class LineSieve {
    /** More do not help: reading is slower than four can mark. */
    private static final int MARKERS = Math.min(Runtime.getRuntime().availableProcessors(), 4);

    /** So many that markers find work while lines of another block are handed over: to wake one takes its time. */
    private static final int BLOCKS = 20;

    /** So much of a file tells what it is full of. */
    private static final int BEGINNING = 1 << 15;

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
         * @param may false when no pattern can be found in it
         * @return which lines are wanted next
         */
        Appetite line(long number, long offset, byte[] bytes, int from, int length, long full, boolean may);
    }

    private final Optional<LiteralGate> gate;
    private final int limit;
    private final int sample;
    private final Lines lines;
    private Appetite appetite = Appetite.SELECTED;
    private long number = 1;

    private LineSieve(Collection<Pattern> patterns, LogWords words, int limit, int sample, Lines lines) {
        this.gate = LiteralGate.of(patterns, words);
        this.limit = limit;
        this.sample = sample;
        this.lines = Objects.requireNonNull(lines);
        if (limit < 1 || limit > LineBlock.ROOM) {
            throw new IllegalArgumentException("a line's limit is from 1 to " + LineBlock.ROOM + ", not " + limit);
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
        LineSieve sieve = new LineSieve(patterns, new LogWords(), limit, sample, lines);
        ExecutorService workers = workers();
        LineScout scout = new LineScout(log, BLOCKS, block -> workers.submit(() -> sieve.mark(block)));
        Thread thread = daemon(scout, "patchproof-scout");
        thread.start();
        try {
            return sieve.blocks(scout);
        } finally {
            thread.interrupt();
            workers.shutdownNow();
        }
    }

    /**
     * As the other, of a plain file, which several threads read at once. What is appended to it meanwhile is not
     * read.
     */
    public static long sift(FileChannel log, Collection<Pattern> patterns, int limit, int sample, Lines lines)
            throws IOException {
        return sift(log, LineBlock.CHUNK, patterns, limit, sample, lines);
    }

    static long sift(FileChannel log, int chunk, Collection<Pattern> patterns, int limit, int sample, Lines lines)
            throws IOException {
        LogWords words = new LogWords();
        ByteBuffer beginning = ByteBuffer.allocate(BEGINNING);
        log.read(beginning, 0);
        words.count(beginning.array(), beginning.position());
        LineSieve sieve = new LineSieve(patterns, words, limit, sample, lines);
        ExecutorService workers = workers();
        try {
            return sieve.blocks(new FileScout(log, chunk, BLOCKS, workers, sieve::mark));
        } finally {
            workers.shutdownNow();
        }
    }

    private static ExecutorService workers() {
        return Executors.newFixedThreadPool(MARKERS, task -> daemon(task, "patchproof-marker"));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void mark(LineBlock block) {
        gate.ifPresent(texts -> LineMarker.mark(block, texts, sample));
    }

    private long blocks(BlockSource source) throws IOException {
        try {
            LineBlock block = source.take();
            for (; !block.last; block = source.take()) {
                await(block);
                whole(block);
                if (block.single >= 0) {
                    appetite = hand(block, number++, block.end, block.filled - block.end, block.single, true);
                }
                source.giveBack(block);
            }
            if (block.trouble.isPresent()) {
                throw block.trouble.get();
            }
            return number - 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a log");
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
        int at = block.from;
        int line = 0;
        int next = 0;
        while (at < block.end) {
            while (next < block.marks && block.start(next) < at) {
                next++;
            }
            if (appetite == Appetite.SELECTED && gate.isPresent()) {
                if (next == block.marks) {
                    line = block.lines;
                    break;
                }
                at = block.start(next);
                line = block.number(next);
            }
            int feed = at;
            while (block.bytes[feed] != '\n') {
                feed++;
            }
            boolean may = gate.isEmpty() || next < block.marks && block.start(next) == at;
            appetite = hand(block, number + line, at, feed - at, feed - at, may);
            line++;
            at = feed + 1;
        }
        number += line;
    }

    private Appetite hand(LineBlock block, long line, int from, int length, long full, boolean may) {
        return lines.line(line, block.base + from, block.bytes, from, Math.min(length, limit), full, may);
    }
}
