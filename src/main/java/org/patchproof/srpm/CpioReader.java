package org.patchproof.srpm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the cpio archives that are in RPM files: {@code 070701}, {@code 070702} and rpm's own {@code
 * 07070X} for files of 4 GiB and more, whose entries are mere indexes into the header's list.
 * https://rpm-software-management.github.io/rpm/manual/format_payload.html
 */
final class CpioReader {
    private static final String TRAILER = "TRAILER!!!";
    private static final int FIELDS = 13;
    private static final int ALIGNMENT = 4;

    private final Path file;
    private final InputStream in;
    private long position;
    private long bodyLeft;

    CpioReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /**
     * One entry.
     *
     * @param index into the header's list; -1 where the entry has a name instead
     * @param name as it stands there
     * @param mode as {@code st_mode}; 0 where there is an index
     * @param size of its body; -1 where only the header knows
     */
    record Entry(int index, String name, int mode, long size) {
        boolean isNamed() {
            return index < 0;
        }
    }

    /** The next entry, or empty after the last one. The body of the one before must have been read. */
    Optional<Entry> next() throws IOException {
        if (bodyLeft != 0) {
            throw new IllegalStateException("the body was not read to its end: " + bodyLeft + " bytes are left");
        }
        align();
        String magic = new String(exactly(6, "an entry"), StandardCharsets.ISO_8859_1);
        return switch (magic) {
            case "07070X" -> Optional.of(indexed());
            case "070701", "070702" -> named();
            default -> throw damaged("there is no cpio entry where one must be");
        };
    }

    private Entry indexed() throws IOException {
        long index = hex(exactly(8, "an entry"), 0);
        align();
        if (index > FileTable.FILE_LIMIT) {
            throw damaged("an entry has the impossible index " + index);
        }
        return new Entry((int) index, "", 0, -1);
    }

    private Optional<Entry> named() throws IOException {
        byte[] fields = exactly(FIELDS * 8, "an entry");
        int mode = (int) hex(fields, 1);
        long size = hex(fields, 6);
        long nameSize = hex(fields, 11);
        if (nameSize < 1 || nameSize > FileTable.PATH_LIMIT + 2) {
            throw damaged("an entry's name has the impossible length " + nameSize);
        }
        byte[] name = exactly((int) nameSize, "an entry's name");
        for (int i = 0; i < name.length; i++) {
            if ((name[i] == 0) != (i == name.length - 1)) {
                throw damaged("an entry's name does not end where it must");
            }
        }
        align();
        Entry entry = new Entry(-1, Header.text(name, 0, name.length - 1), mode, size);
        if (entry.name.equals(TRAILER)) {
            if (size != 0) {
                throw damaged("the end mark has a body");
            }
            return Optional.empty();
        }
        bodyLeft = size;
        return Optional.of(entry);
    }

    /** Says how long the body of an entry is that has an index only. */
    void body(long size) {
        bodyLeft = size;
    }

    /** Reads from the body of the entry; -1 at its end. */
    int read(byte[] bytes) throws IOException {
        if (bodyLeft == 0) {
            return -1;
        }
        int n = in.read(bytes, 0, (int) Math.min(bytes.length, bodyLeft));
        if (n < 0) {
            throw damaged("the payload ends inside a file");
        }
        position += n;
        bodyLeft -= n;
        return n;
    }

    private void align() throws IOException {
        int odd = (int) (position % ALIGNMENT);
        if (odd != 0) {
            exactly(ALIGNMENT - odd, "padding");
        }
    }

    private byte[] exactly(int count, String what) throws IOException {
        byte[] bytes = in.readNBytes(count);
        position += bytes.length;
        if (bytes.length < count) {
            throw damaged("the payload ends inside " + what);
        }
        return bytes;
    }

    private long hex(byte[] fields, int field) {
        long value = 0;
        for (int i = field * 8; i < field * 8 + 8; i++) {
            int digit = Character.digit(fields[i] & 0xff, 16);
            if (digit < 0) {
                throw damaged("an entry holds what is no number");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private RpmFormatException damaged(String wrong) {
        return RpmFormatException.damaged(file, "payload, byte " + position + " when decompressed: " + wrong);
    }
}
