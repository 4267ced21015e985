package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vmlinux of one header, one or two segments and a few notes; then every way to spoil it. */
class VmlinuxNotesTest {
    private static final String ID = "00112233445566778899aabbccddeeff00010203";
    private static final int SEGMENTS = 64;
    private static final int NOTES = SEGMENTS + 2 * 56;

    @TempDir
    Path dir;

    @Test
    void readsTheBuildId() throws IOException {
        assertThat(read(elf(note("GNU", 3, 20)))).contains(ID);
        assertThat(read(elf(note("GNU", 3, 16)))).contains(ID.substring(0, 32));
    }

    @Test
    void passesOverOtherNotesAndTheirPadding() throws IOException {
        assertThat(read(elf(note("Linux", 0x100, 7), note("Xen", 3, 20), note("GNU", 5, 9), note("GNU", 3, 20))))
                .contains(ID);
    }

    @Test
    void thereMayBeNone() throws IOException {
        assertThat(VmlinuxNotes.buildId(dir.resolve("not-there"))).isEmpty();
        assertThat(VmlinuxNotes.buildId(dir)).isEmpty();
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read("no ELF at all".repeat(20).getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(read(elf())).isEmpty();
        assertThat(read(elf(note("Xen", 3, 20), note("GNU", 1, 20)))).isEmpty();
        assertThat(read(elf(note("GNU", 3, 0)))).as("of no bytes").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void anotherWidthOrByteOrderIsNotRead(int at) throws IOException {
        assertThat(read(changed(at, at == 4 ? 1 : 2, 1))).isEmpty();
    }

    @Test
    void truncatedAtAnyByteItHasNoneOrTheRightOne() throws IOException {
        byte[] good = elf(note("Linux", 0x100, 7), note("GNU", 3, 20));
        for (int length = 0; length < good.length; length++) {
            assertThat(read(Arrays.copyOf(good, length))).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void aFlippedBitGivesNoneOrTheRightOne() throws IOException {
        byte[] good = elf(note("Linux", 0x100, 7), note("GNU", 3, 20));
        int idAt = good.length - 20;
        int sizeAt = good.length - 20 - 4 - 8;
        for (int bit = 0; bit < 8 * good.length; bit++) {
            int at = bit / 8;
            if (at >= idAt || at >= sizeAt && at < sizeAt + 4) {
                continue; // nothing tells another id, or a shorter one, from the right one
            }
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << bit % 8);
            assertThat(read(bad).orElse(ID)).as("bit %d", bit).isEqualTo(ID);
        }
    }

    @Test
    void rubbishGivesNoOtherExceptionThanAnIoException() throws IOException {
        Random random = new Random(42);
        byte[] good = elf(note("Linux", 0x100, 7), note("GNU", 3, 20));
        for (int i = 0; i < 1_000; i++) {
            byte[] bad = good.clone();
            for (int j = 0; j < 4; j++) {
                bad[6 + random.nextInt(bad.length - 6)] = (byte) random.nextInt(256);
            }
            Optional<String> id = read(bad);
            assertThat(id.orElse("00")).matches("(?:[0-9a-f]{2}){1,64}");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 56, 1L << 40, 0xffffffffL, 1L << 20})
    void hugeNumbersInHeadersGiveNone(long huge) throws IOException {
        assertThat(read(changed(32, huge, 8))).as("e_phoff").isEmpty();
        assertThat(read(changed(SEGMENTS + 56 + 8, huge, 8))).as("p_offset").isEmpty();
        assertThat(read(changed(SEGMENTS + 56 + 32, huge, 8))).as("p_filesz").isEmpty();
        assertThat(read(changed(54, huge | 1, 2))).as("e_phentsize").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {257, 0x7fff, 0x8000, 0xffff})
    void aHugeCountOfSegmentsGivesNone(long count) throws IOException {
        // Long enough for all of them, so that it is the count that is refused.
        assertThat(read(Arrays.copyOf(changed(56, count, 2), SEGMENTS + 56 * 0x10000)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0xffffffffL, 0x7fffffffL, 0x80000000L, 0xfffffffcL, 65, 1 << 20})
    void aNoteThatReachesBeyondItsSegmentGivesNone(long huge) throws IOException {
        assertThat(read(changed(NOTES, huge, 4))).as("namesz").isEmpty();
        assertThat(read(changed(NOTES + 4, huge, 4))).as("descsz").isEmpty();
    }

    @Test
    void anIdOfMoreThanItsLimitGivesNone() throws IOException {
        byte[] note = Arrays.copyOf(note("GNU", 3, 20), 12 + 4 + 68);
        ByteBuffer.wrap(note).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 65);
        assertThat(read(elf(note))).isEmpty();
    }

    private Optional<String> read(byte[] bytes) throws IOException {
        return VmlinuxNotes.buildId(Files.write(dir.resolve("vmlinux"), bytes));
    }

    /** A good file with the {@code width} bytes at {@code at} replaced. */
    private static byte[] changed(int at, long value, int width) {
        byte[] bytes = elf(note("GNU", 3, 20));
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >> 8 * i);
        }
        return bytes;
    }

    private static byte[] note(String name, int type, int length) {
        int padded = (name.length() + 1 + 3) / 4 * 4;
        ByteBuffer note =
                ByteBuffer.allocate(12 + padded + (length + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        note.putInt(name.length() + 1).putInt(length).putInt(type);
        note.put(name.getBytes(StandardCharsets.US_ASCII)).position(12 + padded);
        return note.put(HexFormat.of().parseHex(ID), 0, length).array();
    }

    /** ELF header, a PT_LOAD and a PT_NOTE segment header, the notes. */
    private static byte[] elf(byte[]... notes) {
        int size = Arrays.stream(notes).mapToInt(note -> note.length).sum();
        ByteBuffer elf = ByteBuffer.allocate(NOTES + size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putLong(32, SEGMENTS).putShort(54, (short) 56).putShort(56, (short) 2);
        elf.putInt(SEGMENTS, 1).putLong(SEGMENTS + 32, NOTES + size);
        int segment = SEGMENTS + 56;
        elf.putInt(segment, 4).putLong(segment + 8, NOTES).putLong(segment + 32, size);
        elf.position(NOTES);
        for (byte[] note : notes) {
            elf.put(note);
        }
        return elf.array();
    }
}
