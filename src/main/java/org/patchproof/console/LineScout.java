package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Runs ahead of a {@link LineSieve} in a thread of its own: reads (and so decompresses) blocks of whole
 * lines, which others mark meanwhile. Holds a few blocks, whatever the log.
 */
final class LineScout implements BlockSource, Runnable {
    private static final int BLOCK = LineBlock.SIZE;
    /** What is read at once is copied twice on its way; so much of it stays near the processor. */
    static final int PIECE = 1 << 16;

    private final InputStream log;
    private final Function<LineBlock, Future<?>> marking;
    private final BlockingQueue<LineBlock> ready;
    private final BlockingQueue<LineBlock> free;
    private final byte[] rest = new byte[PIECE];
    private LineBlock block = new LineBlock();
    private long base;
    private int filled;

    /**
     * Will read a log.
     *
     * @param blocks how many to hold, from 2
     * @param marking is given each block of whole lines, and marks it at once or later
     */
    LineScout(InputStream log, int blocks, Function<LineBlock, Future<?>> marking) {
        this.log = log;
        this.marking = marking;
        this.ready = new ArrayBlockingQueue<>(blocks + 1);
        this.free = new ArrayBlockingQueue<>(blocks + 1);
        for (int i = 1; i < blocks; i++) {
            free.add(new LineBlock());
        }
    }

    @Override
    public LineBlock take() throws InterruptedException {
        return ready.take();
    }

    @Override
    public void giveBack(LineBlock used) {
        free.add(used);
    }

    @Override
    public void run() {
        Optional<IOException> trouble = Optional.empty();
        try {
            while (fill()) {
                deliver();
            }
        } catch (IOException e) {
            trouble = Optional.of(e);
        } catch (InterruptedException e) {
            return; // nobody reads on
        } catch (RuntimeException | Error e) {
            trouble = Optional.of(new IOException("reading failed: " + e, e));
        }
        deliverLast(); // what a damaged log had until then counts
        ready.add(LineBlock.last(trouble));
    }

    /** False once the log has ended. */
    private boolean fill() throws IOException {
        while (filled < BLOCK) {
            int n = log.read(block.bytes, filled, Math.min(PIECE, BLOCK - filled));
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
        LineBlock next = free.take();
        System.arraycopy(block.bytes, end, next.bytes, 0, filled - end);
        send(end, end, -1);
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
        LineBlock next = free.take();
        filled = 0;
        if (n >= 0) {
            length += from;
            filled = n - from - 1;
            System.arraycopy(rest, from + 1, next.bytes, 0, filled);
        }
        send(0, BLOCK, length);
        block = next;
    }

    private int feed(int count) {
        int at = 0;
        while (at < count && rest[at] != '\n') {
            at++;
        }
        return at;
    }

    private void deliverLast() {
        int end = lastFeed() + 1;
        int left = filled - end;
        if (filled > 0) {
            send(end, filled, left > 0 ? left : -1);
        }
    }

    private int lastFeed() {
        int at = filled - 1;
        while (at >= 0 && block.bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    private void send(int end, int upTo, long single) {
        block.base = base;
        block.from = 0;
        block.end = end;
        block.filled = upTo;
        block.single = single;
        base += single < 0 ? end : end + single + 1;
        block.marked = marking.apply(block);
        ready.add(block);
    }
}
