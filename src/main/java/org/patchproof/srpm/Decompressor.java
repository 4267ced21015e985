package org.patchproof.srpm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.List;
import org.tukaani.xz.MemoryLimitException;

/**
 * The payload as it comes out of its decompressor. Whatever a decompressor throws at damaged bytes
 * becomes an {@link RpmFormatException}; trouble of the disk passes through.
 */
final class Decompressor extends InputStream {
    private static final int BUFFER = 1 << 16;
    /** cpio tools pad an archive to a block; more than this is no padding. */
    private static final int TAIL_LIMIT = 1 << 20;

    private final PackageInput input;
    private final String compressor;
    private final InputStream plain;
    private final List<MessageDigest> digests;
    private final DigestWorker worker = new DigestWorker();

    private Decompressor(PackageInput input, String compressor, InputStream plain, List<MessageDigest> digests) {
        this.input = input;
        this.compressor = compressor;
        this.plain = plain;
        this.digests = List.copyOf(digests);
    }

    /**
     * Opens a payload.
     *
     * @param input the payload comes next in it
     * @param compressor as the header names it
     * @param digests digest what comes out
     */
    static Decompressor open(PackageInput input, String compressor, List<MessageDigest> digests) {
        try {
            InputStream plain = plain(input, compressor, new BufferedInputStream(input, BUFFER));
            return new Decompressor(input, compressor, plain, digests);
        } catch (IOException e) {
            throw trouble(input, compressor, e);
        }
    }

    private static InputStream plain(PackageInput input, String compressor, InputStream packed) throws IOException {
        return Compression.named(compressor)
                .orElseThrow(() -> RpmFormatException.refused(
                        input.file(),
                        "its payload is compressed by '" + compressor + "'",
                        "Repack it with one of gzip, xz, lzma, zstd, bzip2."))
                .plain(packed);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        try {
            int n = plain.read(bytes, from, length);
            worker.update(bytes, from, n, digests);
            return n;
        } catch (UncheckedIOException | RpmFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw trouble(input, compressor, e);
        }
    }

    /** Reads what follows the archive, so that the digests are complete. */
    void finish() {
        byte[] tail = new byte[1 << 14];
        long length = 0;
        for (int n = read(tail, 0, tail.length); n >= 0; n = read(tail, 0, tail.length)) {
            length += n;
            if (length > TAIL_LIMIT) {
                throw RpmFormatException.refused(
                        input.file(), "its payload goes on for more than " + TAIL_LIMIT + " bytes after its end mark");
            }
        }
        worker.finish();
    }

    /** Frees the decompressor, and closes the file. */
    @Override
    public void close() throws IOException {
        worker.close();
        plain.close();
    }

    private static RpmFormatException trouble(PackageInput input, String compressor, Exception e) {
        if (e instanceof MemoryLimitException) {
            return RpmFormatException.refused(
                    input.file(),
                    "its payload wants more than " + Compression.MEMORY_LIMIT_KIB + " KiB of memory to decompress");
        }
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return RpmFormatException.damaged(
                input.file(), input.position(), "the " + compressor + " payload cannot be decompressed: " + why);
    }
}
