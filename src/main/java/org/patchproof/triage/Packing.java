package org.patchproof.triage;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/** How a log may be packed, by its first bytes. */
enum Packing {
    GZIP("1f8b"),
    XZ("fd377a585a00"),
    ZSTD("28b52ffd"),
    /** {@code BZh}, the size of its blocks, and the head of the first, or the end. */
    BZIP2("425a68..314159265359"),
    BZIP2_OF_NOTHING("425a68..177245385090"),
    /** That of lzma-utils: the usual properties, a dictionary of whole 64 KiB. */
    LZMA("5d0000...."),
    LZ4("04224d18", "is packed by lz4, which is not read here: unpack it (lz4 -d) and give that"),
    LZOP("894c5a4f", "is packed by lzop, which is not read here: unpack it (lzop -d) and give that"),
    COMPRESS("1f9d", "is packed by compress, which is not read here: unpack it (gzip -dc) and give that"),
    ZIP("504b0304", "is a zip archive, which is not read here: unpack it and give the logs in it"),
    SEVEN_ZIP("377abcaf271c", "is a 7z archive, which is not read here: unpack it and give the logs in it"),
    RAR("526172211a07", "is a rar archive, which is not read here: unpack it and give the logs in it"),
    JOURNAL(
            "4c504b5348485248",
            "is a journal as journald keeps it, which is not read here: give what"
                    + " \"journalctl --file=... -o export\" prints of it");

    /** What a file may ask of our memory: xz -9 needs 65 MiB. */
    private static final int XZ_LIMIT_KIB = 100 * 1024;

    /** As much of a file as tells each of them. */
    static final int HEAD = 10;

    private final String magic;
    private final String trouble;

    Packing(String magic) {
        this(magic, "");
    }

    Packing(String magic, String trouble) {
        this.magic = magic;
        this.trouble = trouble;
    }

    /** Of a file that begins so; empty for one that is not packed. */
    static Optional<Packing> of(byte[] head) {
        String hex = HexFormat.of().formatHex(head);
        for (Packing packing : values()) {
            if (packing.begins(hex)) {
                return Optional.of(packing);
            }
        }
        return Optional.empty();
    }

    private boolean begins(String hex) {
        boolean same = hex.length() >= magic.length();
        for (int i = 0; same && i < magic.length(); i++) {
            same = magic.charAt(i) == '.' || magic.charAt(i) == hex.charAt(i);
        }
        return same;
    }

    /**
     * Unpacks.
     *
     * @throws UnreadableLogException when this is not read here
     */
    InputStream open(InputStream packed) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(packed, Decompression.BUFFER);
            case XZ -> new XZInputStream(packed, XZ_LIMIT_KIB);
            case ZSTD -> new ZstdInputStream(packed);
            case BZIP2, BZIP2_OF_NOTHING -> new BZip2CompressorInputStream(packed, true);
            case LZMA -> new LZMAInputStream(packed, XZ_LIMIT_KIB);
            default -> throw new UnreadableLogException(trouble);
        };
    }
}
