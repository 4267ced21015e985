package org.patchproof.vm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A CD image (ISO 9660, ECMA-119) with some small files in its only folder: what a guest's cloud-init looks
 * for by its label. Made here, as no tool that makes one is on every host, and none is needed for so little.
 *
 * <p>Names stand in it as they are. ECMA-119 wants capitals; Linux shows such as small letters, and what
 * is small already as it is.
 */
final class IsoImage {
    private static final int SECTOR = 2048;
    private static final int SYSTEM_AREA = 16;
    private static final int PRIMARY = SYSTEM_AREA;
    private static final int TERMINATOR = SYSTEM_AREA + 1;
    private static final int LITTLE_PATHS = SYSTEM_AREA + 2;
    private static final int BIG_PATHS = SYSTEM_AREA + 3;
    private static final int ROOT = SYSTEM_AREA + 4;
    private static final int FIRST_FILE = SYSTEM_AREA + 5;
    private static final int LONGEST_NAME = 30;
    private static final int FILE_LIMIT = 1 << 20;

    private IsoImage() {}

    /**
     * The image's bytes.
     *
     * @param label at most 32 characters
     * @param files by name: letters, digits, dots and dashes, at most 30
     */
    static byte[] of(String label, Map<String, byte[]> files) {
        SortedMap<String, byte[]> sorted = new TreeMap<>(files);
        List<byte[]> records = new ArrayList<>(List.of(record("\0", ROOT, SECTOR, 2), record("\1", ROOT, SECTOR, 2)));
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        sorted.forEach((name, bytes) -> {
            if (!name.matches("[A-Za-z0-9.-]{1," + LONGEST_NAME + "}") || bytes.length > FILE_LIMIT) {
                throw new IllegalArgumentException("not a file for a small CD: " + name);
            }
            records.add(record(name + ";1", FIRST_FILE + contents.size() / SECTOR, bytes.length, 0));
            contents.writeBytes(padded(bytes));
        });
        int sectors = FIRST_FILE + contents.size() / SECTOR;
        ByteBuffer image = ByteBuffer.allocate(sectors * SECTOR);
        image.position(PRIMARY * SECTOR).put(primary(label, sectors));
        image.position(TERMINATOR * SECTOR).put(descriptor(255));
        image.position(LITTLE_PATHS * SECTOR).put(paths(ByteOrder.LITTLE_ENDIAN));
        image.position(BIG_PATHS * SECTOR).put(paths(ByteOrder.BIG_ENDIAN));
        image.position(ROOT * SECTOR);
        records.forEach(image::put);
        if (image.position() > FIRST_FILE * SECTOR) {
            throw new IllegalArgumentException("too many files for a small CD: " + sorted.keySet());
        }
        image.position(FIRST_FILE * SECTOR).put(contents.toByteArray());
        return image.array();
    }

    /** ECMA-119 8.4. */
    private static byte[] primary(String label, int sectors) {
        ByteBuffer out = ByteBuffer.wrap(Arrays.copyOf(descriptor(1), SECTOR));
        out.position(8).put(text("LINUX", 32)).put(text(label, 32));
        both(out.position(80), sectors);
        both16(out.position(120), 1);
        both16(out, 1);
        both16(out, SECTOR);
        both(out, paths(ByteOrder.LITTLE_ENDIAN).length);
        out.order(ByteOrder.LITTLE_ENDIAN).putInt(LITTLE_PATHS).putInt(0);
        out.order(ByteOrder.BIG_ENDIAN).putInt(BIG_PATHS).putInt(0);
        out.put(record("\0", ROOT, SECTOR, 2));
        out.put(text("", 813 - out.position()));
        for (int i = 0; i < 4; i++) {
            out.put("0000000000000000".getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        }
        out.put((byte) 1);
        return out.array();
    }

    private static byte[] descriptor(int type) {
        return ByteBuffer.allocate(7)
                .put((byte) type)
                .put("CD001".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .array();
    }

    /** The path table: the root only. ECMA-119 9.4. */
    private static byte[] paths(ByteOrder order) {
        return ByteBuffer.allocate(10)
                .order(order)
                .put((byte) 1)
                .put((byte) 0)
                .putInt(ROOT)
                .putShort((short) 1)
                .array();
    }

    /** A directory record, its date left empty. ECMA-119 9.1. */
    private static byte[] record(String name, int sector, int bytes, int flags) {
        byte[] id = name.getBytes(StandardCharsets.US_ASCII);
        int length = (33 + id.length + 1) / 2 * 2;
        ByteBuffer out = ByteBuffer.allocate(length).put((byte) length).put((byte) 0);
        both(out, sector);
        both(out, bytes);
        out.position(25).put((byte) flags);
        both16(out.position(28), 1);
        out.put((byte) id.length).put(id);
        return out.array();
    }

    private static void both(ByteBuffer out, int number) {
        out.order(ByteOrder.LITTLE_ENDIAN).putInt(number);
        out.order(ByteOrder.BIG_ENDIAN).putInt(number);
    }

    private static void both16(ByteBuffer out, int number) {
        out.order(ByteOrder.LITTLE_ENDIAN).putShort((short) number);
        out.order(ByteOrder.BIG_ENDIAN).putShort((short) number);
    }

    private static byte[] text(String text, int length) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > length) {
            throw new IllegalArgumentException("longer than " + length + ": " + text);
        }
        byte[] out = Arrays.copyOf(bytes, length);
        Arrays.fill(out, bytes.length, length, (byte) ' ');
        return out;
    }

    private static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.max(1, (bytes.length + SECTOR - 1) / SECTOR) * SECTOR);
    }
}
