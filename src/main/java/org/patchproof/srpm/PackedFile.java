package org.patchproof.srpm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of a source package as it comes out of its decompressor, which its first bytes name, as they do
 * for rpm's own {@code %patch}. A file that no compressor made comes out as it is.
 */
public final class PackedFile extends InputStream {
    private final InputStream plain;
    private final String name;
    private final long limit;
    private long length;

    private PackedFile(InputStream plain, String name, long limit) {
        this.plain = plain;
        this.name = name;
        this.limit = limit;
    }

    /** Whether a compressor made it. */
    public static boolean isPacked(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Compression.of(in.readNBytes(Compression.MAGIC)) != Compression.NONE;
        }
    }

    /**
     * Opens a file.
     *
     * @param limit how many bytes may come out of it; one more is an IOException, as damage is
     */
    public static InputStream open(Path file, long limit) throws IOException {
        String name = file.getFileName().toString();
        InputStream packed = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            packed.mark(Compression.MAGIC);
            Compression compression = Compression.of(packed.readNBytes(Compression.MAGIC));
            packed.reset();
            return new PackedFile(compression.plain(packed), name, limit);
        } catch (IOException | RuntimeException e) {
            packed.close();
            throw damaged(name, e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        int n;
        try {
            n = plain.read(bytes, from, count);
        } catch (IOException | RuntimeException e) {
            throw damaged(name, e);
        }
        length += Math.max(0, n);
        if (length > limit) {
            throw new IOException(name + " has more than " + limit + " bytes in it");
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }

    private static IOException damaged(String name, Exception e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new IOException(name + " cannot be decompressed: " + why, e);
    }
}
