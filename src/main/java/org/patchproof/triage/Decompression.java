package org.patchproof.triage;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Opens a log, packed or not; what it is, its first bytes tell, not its name. */
final class Decompression {
    private static final int BUFFER = 1 << 16;

    /** What a file may ask of our memory: xz -9 needs 65 MiB. */
    private static final int XZ_LIMIT_KIB = 100 * 1024;

    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] XZ = {(byte) 0xFD, '7', 'z', 'X', 'Z', 0};
    private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

    private Decompression() {}

    /** Whether a log is a file, and not packed. */
    static boolean plain(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            return false; // those of /proc say that they are empty
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(XZ.length);
            return !begins(head, GZIP) && !begins(head, XZ) && !begins(head, ZSTD);
        }
    }

    static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            PushbackInputStream in = new PushbackInputStream(raw, BUFFER);
            byte[] head = in.readNBytes(XZ.length);
            in.unread(head);
            if (begins(head, GZIP)) {
                return new GZIPInputStream(in, BUFFER);
            }
            if (begins(head, XZ)) {
                return new XZInputStream(in, XZ_LIMIT_KIB);
            }
            return begins(head, ZSTD) ? new ZstdInputStream(in) : in;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static boolean begins(byte[] head, byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }
}
