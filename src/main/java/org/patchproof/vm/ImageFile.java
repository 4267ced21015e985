package org.patchproof.vm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What kind of image a user's file is. QEMU is never left to guess: a raw image whose first bytes say that
 * it is another one, with a file of this host behind it, would be believed.
 */
final class ImageFile {
    private static final int HEAD = 512;
    private static final int QCOW2 = 0x514649fb;
    private static final int BACKING_FILE = 8;
    private static final int ENCRYPTION = 32;
    private static final int INCOMPATIBLE = 72;
    private static final long EXTERNAL_DATA = 1 << 2;

    private ImageFile() {}

    /**
     * {@code qcow2} or {@code raw}, as QEMU calls it.
     *
     * @throws GuestUnavailableException when it is neither, or leans on another file
     */
    static String format(Path file) throws IOException {
        ByteBuffer head;
        try (InputStream in = Files.newInputStream(file)) {
            head = ByteBuffer.wrap(in.readNBytes(HEAD));
        }
        if (head.limit() < HEAD) {
            throw notOne(file, "is shorter than a boot sector");
        }
        if (head.getInt(0) != QCOW2) {
            if ((head.getShort(HEAD - 2) & 0xffff) != 0x55aa) {
                throw notOne(file, "is no qcow2, and begins with no boot sector either");
            }
            return "raw";
        }
        int version = head.getInt(4);
        if (version != 2 && version != 3) {
            throw notOne(file, "is qcow2 of version " + version);
        }
        if (head.getLong(BACKING_FILE) != 0) {
            throw notOne(file, "is only the difference to another image");
        }
        if (head.getInt(ENCRYPTION) != 0) {
            throw notOne(file, "is encrypted");
        }
        if (version == 3 && (head.getLong(INCOMPATIBLE) & EXTERNAL_DATA) != 0) {
            throw notOne(file, "keeps its data in another file");
        }
        return "qcow2";
    }

    private static GuestUnavailableException notOne(Path file, String why) {
        return new GuestUnavailableException(
                file + " " + why, "Bring a whole disk as qcow2 or raw: qemu-img convert -O qcow2 makes one.");
    }
}
