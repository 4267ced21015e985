package org.patchproof.vm;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A log of a guest that may print for ever: the first {@link #LIMIT} bytes are kept. */
final class BoundedLog implements AutoCloseable {
    /** Far more than any trial prints; far less than a disk. */
    static final long LIMIT = 64L << 20;

    private final OutputStream out;
    private final long limit;
    private long written;

    BoundedLog(Path file, long limit) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        this.out = Files.newOutputStream(file);
        this.limit = limit;
    }

    /** Keeps {@code count} bytes, or as many as still fit; then says once that it was cut. */
    synchronized void write(byte[] bytes, int count) throws IOException {
        if (written >= limit) {
            return;
        }
        int fit = (int) Math.min(count, limit - written);
        out.write(bytes, 0, fit);
        written += fit;
        if (written >= limit) {
            out.write(("\n[cut here: the guest printed more than " + limit + " bytes]\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
