package org.patchproof.srpm;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Digests on a thread of its own, beside the decompressor, once there is enough to do. The queue is short: memory stays bounded,
 * and the faster side waits.
 */
final class DigestWorker implements AutoCloseable {
    private static final int QUEUED_PIECES = 16;
    private static final Runnable END = () -> {};
    /** Below this a thread costs more than it saves. */
    private static final long WORTH_A_THREAD = 1 << 20;

    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUED_PIECES);
    private Thread thread;
    private long digested;

    /** Gives these bytes to each of {@code digests}, in the order of the calls. */
    void update(byte[] bytes, int from, int length, List<MessageDigest> digests) {
        if (length <= 0 || digests.isEmpty()) {
            return;
        }
        digested += length;
        if (digested < WORTH_A_THREAD) {
            digests.forEach(digest -> digest.update(bytes, from, length));
            return;
        }
        byte[] piece = Arrays.copyOfRange(bytes, from, from + length);
        if (thread == null) {
            thread = new Thread(this::work, "rpm-digest");
            thread.setDaemon(true);
            thread.start();
        }
        put(() -> digests.forEach(digest -> digest.update(piece)));
    }

    /** Waits until all is digested; after this the digests belong to the caller again. */
    void finish() {
        if (thread != null) {
            put(END);
            try {
                thread.join();
                thread = null;
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    /** Ends the thread, finished or not. */
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void put(Runnable task) {
        try {
            queue.put(task);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void work() {
        try {
            for (Runnable task = queue.take(); task != END; task = queue.take()) {
                task.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody waits for the digests any more
        }
    }

    private static UncheckedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new UncheckedIOException(new InterruptedIOException("interrupted while reading an RPM file"));
    }
}
