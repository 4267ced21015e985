package org.patchproof.build;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads the build-id out of a vmlinux: a 64-bit little-endian ELF file, its PT_NOTE segments, the
 * note {@code GNU} of type 3 (gABI chapter 5; binutils' --build-id). Reads headers and notes only.
 */
final class VmlinuxNotes {
    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int PT_NOTE = 4;
    private static final int NT_GNU_BUILD_ID = 3;
    private static final int MOST_SEGMENTS = 256;
    private static final int NOTES_LIMIT = 1 << 20;
    private static final int ID_LIMIT = 64;

    private VmlinuxNotes() {}

    /** The build-id of {@code vmlinux} in lower-case hex; empty when it is no such file or has none. */
    static Optional<String> buildId(Path vmlinux) throws IOException {
        if (!Files.isRegularFile(vmlinux)) {
            return Optional.empty();
        }
        try (FileChannel file = FileChannel.open(vmlinux)) {
            ByteBuffer header = read(file, 0, ELF_HEADER);
            boolean elf64 = header.getInt(0) == 0x464c457f && header.get(4) == 2 && header.get(5) == 1;
            int count = header.getShort(56) & 0xffff;
            if (!elf64 || (header.getShort(54) & 0xffff) != PROGRAM_HEADER || count > MOST_SEGMENTS) {
                return Optional.empty();
            }
            ByteBuffer segments = read(file, header.getLong(32), count * PROGRAM_HEADER);
            for (int i = 0; i < count; i++) {
                int at = i * PROGRAM_HEADER;
                long size = segments.getLong(at + 32);
                if (segments.getInt(at) == PT_NOTE && size > 0 && size <= NOTES_LIMIT) {
                    Optional<String> id = find(read(file, segments.getLong(at + 8), (int) size));
                    if (id.isPresent()) {
                        return id;
                    }
                }
            }
            return Optional.empty();
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> find(ByteBuffer notes) {
        int at = 0;
        while (at + 12 <= notes.limit()) {
            long nameSize = notes.getInt(at) & 0xffffffffL;
            long size = notes.getInt(at + 4) & 0xffffffffL;
            long id = at + 12 + (nameSize + 3) / 4 * 4;
            if (nameSize > notes.limit() || size > notes.limit() || id + size > notes.limit()) {
                return Optional.empty();
            }
            boolean gnu = nameSize == 4 && notes.getInt(at + 12) == 0x00554e47;
            if (gnu && notes.getInt(at + 8) == NT_GNU_BUILD_ID && size > 0 && size <= ID_LIMIT) {
                byte[] bytes = new byte[(int) size];
                notes.get((int) id, bytes);
                return Optional.of(HexFormat.of().formatHex(bytes));
            }
            at = (int) (id + (size + 3) / 4 * 4);
        }
        return Optional.empty();
    }

    private static ByteBuffer read(FileChannel file, long at, int size) throws IOException {
        if (at < 0 || at > file.size() - size) {
            throw new EOFException();
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }
}
