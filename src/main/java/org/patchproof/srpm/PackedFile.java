package org.patchproof.srpm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of a source package as it comes out of its decompressor, which its first bytes name, as they do
 * for rpm's own {@code %patch}. A file that no compressor made comes out as it is.
 */
public final class PackedFile extends InputStream {
    /** How files of zip, lzip, lrzip, 7-Zip and compress begin: rpm unpacks them too, and we do not. */
    private static final List<String> FOREIGN =
            List.of("PK\003\004", "LZIP", "LRZI", "7z\u00bc\u00af\u0027\u001c", "\u001f\u009d");

    private final InputStream plain;
    private final String name;
    private final long limit;
    private long length;

    private PackedFile(InputStream plain, String name, long limit) {
        this.plain = plain;
        this.name = name;
        this.limit = limit;
    }

    /** Whether a compressor made it, be it one that is not read here. */
    public static boolean isPacked(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(Compression.MAGIC);
            return Compression.of(start) != Compression.NONE || isForeign(start);
        }
    }

    private static boolean isForeign(byte[] start) {
        return FOREIGN.stream().anyMatch(new String(start, StandardCharsets.ISO_8859_1)::startsWith);
    }

    /**
     * Opens a file.
     *
     * @param limit how many bytes may come out of it; one more is an IOException, as damage is
     */
    public static PackedFile open(Path file, long limit) throws IOException {
        String name = file.getFileName().toString();
        InputStream packed = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            packed.mark(Compression.MAGIC);
            byte[] start = packed.readNBytes(Compression.MAGIC);
            if (isForeign(start)) {
                throw new IOException("none of gzip, xz, lzma, zstd and bzip2 made it");
            }
            packed.reset();
            return new PackedFile(Compression.of(start).plain(packed), name, limit);
        } catch (IOException | RuntimeException e) {
            packed.close();
            throw damaged(name, e);
        }
    }

    /** How many bytes came out of it so far. */
    public long length() {
        return length;
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
