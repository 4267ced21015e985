package org.patchproof.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Cuts a plain file into chunks, each read and marked by one thread, while it is still near that thread's
 * processor. To a chunk belong the lines that begin in it. What is appended meanwhile is not read.
 */
final class FileScout implements BlockSource {
    private static final int PIECE = LineScout.PIECE;

    private final FileChannel file;
    private final long size;
    private final int chunk;
    private final ExecutorService workers;
    private final Consumer<LineBlock> marking;
    private final Queue<Future<LineBlock>> ahead = new ArrayDeque<>();
    private long next;

    /**
     * Will read a file.
     *
     * @param chunk how many bytes a chunk has; no more than {@link LineBlock#CHUNK}
     * @param blocks how many to hold
     */
    FileScout(FileChannel file, int chunk, int blocks, ExecutorService workers, Consumer<LineBlock> marking)
            throws IOException {
        this.file = file;
        this.size = file.size();
        this.chunk = chunk;
        this.workers = workers;
        this.marking = marking;
        for (int i = 0; i < blocks && next < size; i++) {
            giveBack(new LineBlock());
        }
    }

    @Override
    public LineBlock take() throws InterruptedException {
        if (ahead.isEmpty()) {
            return LineBlock.last(Optional.empty());
        }
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            return LineBlock.last(Optional.of(
                    e.getCause() instanceof IOException io ? io : new IOException("reading failed: " + e, e)));
        }
    }

    @Override
    public void giveBack(LineBlock used) {
        if (next < size) {
            long begin = next;
            next += chunk;
            ahead.add(workers.submit(() -> read(used, begin)));
        }
    }

    /** The lines that begin in the chunk at {@code begin}. */
    private LineBlock read(LineBlock block, long begin) throws IOException {
        int before = begin == 0 ? 0 : 1; // a line begins where the byte before is a line feed
        block.base = begin - before;
        block.filled = 0;
        block.single = -1;
        boolean more = fill(block, chunk + before);
        block.from = before == 0 ? 0 : Math.min(block.filled, feed(block, 0) + 1);
        block.end = block.from;
        if (block.from < block.filled || before == 0) {
            ending(block, more);
        }
        marking.accept(block);
        return block;
    }

    /** Reads to the end of the last line that begins in the chunk. */
    private void ending(LineBlock block, boolean inFile) throws IOException {
        int at = Math.max(block.from, block.filled - 1);
        boolean more = inFile;
        while (at < block.filled && block.bytes[at] != '\n') {
            at++;
            if (at == block.filled && more && at < LineBlock.SIZE) {
                more = fill(block, Math.min(LineBlock.SIZE, at + PIECE / 8));
            }
        }
        if (at < block.filled) {
            block.filled = at + 1;
            block.end = at + 1;
            return;
        }
        block.end = lastFeed(block) + 1;
        block.single = block.end < block.filled ? length(block, more) : -1;
    }

    /** How long the line is that has not ended where the block does. */
    private long length(LineBlock block, boolean inFile) throws IOException {
        long length = block.filled - block.end;
        ByteBuffer rest = ByteBuffer.allocate(PIECE);
        long at = block.base + block.filled;
        for (int n = inFile ? read(rest, at) : -1; n > 0; n = read(rest.clear(), at)) {
            int feed = 0;
            while (feed < n && rest.get(feed) != '\n') {
                feed++;
            }
            length += feed;
            at += n;
            if (feed < n) {
                break;
            }
        }
        return length;
    }

    /** Reads until {@code to} bytes are there. False when the file ended before. */
    private boolean fill(LineBlock block, int to) throws IOException {
        while (block.filled < to) {
            int n = read(
                    ByteBuffer.wrap(block.bytes, block.filled, Math.min(PIECE, to - block.filled)),
                    block.base + block.filled);
            if (n <= 0) {
                return false;
            }
            block.filled += n;
        }
        return true;
    }

    /** Never beyond the size that the file had at first. */
    private int read(ByteBuffer into, long at) throws IOException {
        into.limit((int) Math.min(into.limit(), into.position() + Math.max(0, size - at)));
        return file.read(into, at);
    }

    private static int feed(LineBlock block, int from) {
        int at = from;
        while (at < block.filled && block.bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int lastFeed(LineBlock block) {
        int at = block.filled - 1;
        while (at >= block.from && block.bytes[at] != '\n') {
            at--;
        }
        return at;
    }
}
