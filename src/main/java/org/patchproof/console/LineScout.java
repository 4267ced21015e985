package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Runs ahead of a {@link LineSieve} in a thread of its own: reads (and so decompresses) blocks of whole
 * lines and marks where the gate's texts stand. Holds a few blocks, whatever the log.
 */
final class LineScout implements Runnable {
    static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 4;

    /** Lines, or the beginning of one long line. */
    static final class Block {
        final byte[] bytes = new byte[BLOCK];
        /** Where the whole lines end; for a single line, how much of it is here. */
        int end;
        /** Where a text stands: one place in each line that has one, in order. */
        int[] hits = new int[64];

        int count;
        /** The length in the log of the single line in here, -1 for whole lines. */
        long single = -1;
        /** What went wrong instead of a block; with {@code end} 0 and no trouble it was the last one. */
        Optional<IOException> trouble = Optional.empty();

        boolean last() {
            return end == 0;
        }
    }

    private final InputStream log;
    private final Optional<LiteralGate> gate;
    private final BlockingQueue<Block> ready = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final byte[] rest = new byte[1 << 16];
    private Block block = new Block();
    private int filled;

    LineScout(InputStream log, Optional<LiteralGate> gate) {
        this.log = log;
        this.gate = gate;
        for (int i = 1; i < BLOCKS; i++) {
            free.add(new Block());
        }
    }

    /** The next block; of one that is the last nothing else is asked. */
    Block take() throws InterruptedException {
        return ready.take();
    }

    /** A block that was read through. */
    void giveBack(Block used) {
        free.add(used);
    }

    @Override
    public void run() {
        Block end = new Block();
        try {
            while (fill()) {
                deliver();
            }
            deliverLast();
        } catch (IOException e) {
            end.trouble = Optional.of(e);
        } catch (InterruptedException e) {
            return; // nobody reads on
        } catch (RuntimeException | Error e) {
            end.trouble = Optional.of(new IOException("reading failed: " + e, e));
        }
        ready.add(end);
    }

    /** False once the log has ended. */
    private boolean fill() throws IOException {
        while (filled < BLOCK) {
            int n = log.read(block.bytes, filled, BLOCK - filled);
            if (n < 0) {
                return false;
            }
            filled += n;
        }
        return true;
    }

    private void deliver() throws IOException, InterruptedException {
        int end = lastFeed() + 1;
        if (end == 0) {
            giant();
            return;
        }
        Block next = free.take();
        System.arraycopy(block.bytes, end, next.bytes, 0, filled - end);
        send(end, -1);
        filled -= end;
        block = next;
    }

    /** A line that fills the block: its beginning is kept, the rest is only measured. */
    private void giant() throws IOException, InterruptedException {
        long length = filled;
        int from = 0;
        int n = log.read(rest);
        while (n >= 0 && (from = feed(n)) == n) {
            length += n;
            n = log.read(rest);
        }
        Block next = free.take();
        filled = 0;
        if (n >= 0) {
            length += from;
            filled = n - from - 1;
            System.arraycopy(rest, from + 1, next.bytes, 0, filled);
        }
        send(BLOCK, length);
        block = next;
    }

    private int feed(int count) {
        int at = 0;
        while (at < count && rest[at] != '\n') {
            at++;
        }
        return at;
    }

    private void deliverLast() throws InterruptedException {
        int end = lastFeed() + 1;
        Block last = block;
        int left = filled - end;
        if (end > 0) {
            last = left > 0 ? free.take() : block;
            System.arraycopy(block.bytes, end, last.bytes, 0, left);
            send(end, -1);
        }
        if (left > 0) {
            block = last;
            send(left, left);
        }
    }

    private int lastFeed() {
        int at = filled - 1;
        while (at >= 0 && block.bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    private void send(int end, long single) {
        block.end = end;
        block.single = single;
        block.count = 0;
        if (single < 0 && gate.isPresent()) {
            mark(gate.get());
        }
        ready.add(block);
    }

    private void mark(LiteralGate texts) {
        int at = 0;
        while (at < block.end) {
            int hit = texts.next(block.bytes, at, block.end);
            if (hit == block.end) {
                return;
            }
            if (block.count == block.hits.length) {
                block.hits = Arrays.copyOf(block.hits, 2 * block.count);
            }
            block.hits[block.count++] = hit;
            at = hit;
            while (block.bytes[at] != '\n') {
                at++;
            }
            at++;
        }
    }
}
