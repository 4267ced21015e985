package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Runs ahead of a {@link LineSieve} in a thread of its own: reads (and so decompresses) blocks of whole
 * lines, which others mark meanwhile. Holds a few blocks, whatever the log.
 */
final class LineScout implements Runnable {
    private static final int BLOCK = LineBlock.SIZE;

    private final InputStream log;
    private final Function<LineBlock, Future<?>> marking;
    private final BlockingQueue<LineBlock> ready;
    private final BlockingQueue<LineBlock> free;
    private final byte[] rest = new byte[1 << 16];
    private LineBlock block = new LineBlock();
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

    /** The next block; of one that is the last nothing else is asked. */
    LineBlock take() throws InterruptedException {
        return ready.take();
    }

    /** A block that was read through. */
    void giveBack(LineBlock used) {
        free.add(used);
    }

    @Override
    public void run() {
        LineBlock end = new LineBlock();
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
        LineBlock next = free.take();
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
        LineBlock next = free.take();
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
        LineBlock last = block;
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
        block.marked = single < 0 ? marking.apply(block) : CompletableFuture.completedFuture(null);
        ready.add(block);
    }
}
