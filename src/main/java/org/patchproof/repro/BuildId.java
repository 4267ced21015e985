package org.patchproof.repro;

import java.util.HexFormat;
import java.util.Optional;

/** Finds the build-id in what {@code /sys/kernel/notes} holds: ELF notes, little-endian. */
final class BuildId {
    private static final int GNU_BUILD_ID = 3;
    private static final int NAME_LIMIT = 64;
    private static final int ID_LIMIT = 64;

    private BuildId() {}

    /** The build-id as lower-case hex; empty when {@code notes} (hex too) are damaged or have none. */
    static Optional<String> of(String notes) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(notes.substring(0, notes.length() / 2 * 2));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int at = 0;
        while (at + 12 <= bytes.length) {
            long nameSize = word(bytes, at);
            long size = word(bytes, at + 4);
            long type = word(bytes, at + 8);
            if (nameSize > NAME_LIMIT || size > bytes.length) {
                return Optional.empty();
            }
            int name = at + 12;
            int id = name + padded(nameSize);
            int next = id + padded(size);
            if (id + size > bytes.length) {
                return Optional.empty();
            }
            if (type == GNU_BUILD_ID && size <= ID_LIMIT && isGnu(bytes, name, nameSize)) {
                return Optional.of(HexFormat.of().formatHex(bytes, id, id + (int) size));
            }
            at = next;
        }
        return Optional.empty();
    }

    private static boolean isGnu(byte[] bytes, int at, long size) {
        return size == 4 && bytes[at] == 'G' && bytes[at + 1] == 'N' && bytes[at + 2] == 'U' && bytes[at + 3] == 0;
    }

    private static int padded(long size) {
        return (int) ((size + 3) / 4 * 4);
    }

    private static long word(byte[] bytes, int at) {
        return (bytes[at] & 0xffL)
                | (bytes[at + 1] & 0xffL) << 8
                | (bytes[at + 2] & 0xffL) << 16
                | (bytes[at + 3] & 0xffL) << 24;
    }
}
