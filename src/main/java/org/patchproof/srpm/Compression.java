package org.patchproof.srpm;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/** The compressors that rpm knows, by the names that a package's header gives them and by how their files begin. */
enum Compression {
    GZIP("gzip", 0x1f, 0x8b),
    XZ("xz", 0xfd, '7', 'z', 'X', 'Z', 0),
    LZMA("lzma", 0x5d, 0, 0),
    ZSTD("zstd", 0x28, 0xb5, 0x2f, 0xfd),
    BZIP2("bzip2", 'B', 'Z', 'h'),
    NONE("none");

    /** {@code xz -9} needs 65 MiB. With the limits of {@link Header} and {@link FileTable} 256 MiB of heap suffice. */
    static final int MEMORY_LIMIT_KIB = 70 << 10;

    /** So many bytes tell which one it is. */
    static final int MAGIC = 6;

    private static final int BUFFER = 1 << 16;

    private final String word;
    private final int[] magic;

    Compression(String word, int... magic) {
        this.word = word;
        this.magic = magic;
    }

    /** The one of that name. */
    static Optional<Compression> named(String word) {
        return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
    }

    /** The one whose files begin so; {@link #NONE} when none's do. */
    static Compression of(byte[] start) {
        return Arrays.stream(values()).filter(c -> c.begins(start)).findFirst().orElse(NONE);
    }

    private boolean begins(byte[] start) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** What comes out of the decompressor. Damaged bytes may make it throw anything. */
    InputStream plain(InputStream packed) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(packed, BUFFER);
            case XZ -> new XZInputStream(packed, MEMORY_LIMIT_KIB);
            case LZMA -> new LZMAInputStream(packed, MEMORY_LIMIT_KIB);
            case ZSTD -> new ZstdInputStream(packed);
            case BZIP2 -> new BZip2CompressorInputStream(packed, true);
            case NONE -> packed;
        };
    }
}
