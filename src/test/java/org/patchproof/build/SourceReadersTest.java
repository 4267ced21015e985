package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small readers of the build room: ELF notes, spec templates, trees, rejected hunks. */
class SourceReadersTest {
    private static final String ID = "00112233445566778899aabbccddeeff00112233";

    @TempDir
    Path dir;

    @Test
    void theBuildIdIsReadFromTheNotes() throws Exception {
        assertThat(VmlinuxNotes.buildId(Files.write(dir.resolve("vmlinux"), elf())))
                .contains(ID);
        assertThat(VmlinuxNotes.buildId(dir.resolve("none"))).isEmpty();
        assertThat(VmlinuxNotes.buildId(Files.writeString(dir.resolve("text"), "no ELF at all")))
                .isEmpty();
    }

    @Test
    void aDamagedVmlinuxGivesNoBuildIdOrAnotherButNeverACrash() throws Exception {
        byte[] good = elf();
        Path file = dir.resolve("vmlinux");
        for (int i = 0; i < good.length; i++) {
            byte[] cut = java.util.Arrays.copyOf(good, i);
            Optional<String> ofCut = VmlinuxNotes.buildId(Files.write(file, cut));
            assertThat(ofCut.isEmpty() || ofCut.get().equals(ID))
                    .as("cut at %d", i)
                    .isTrue();
            byte[] flipped = good.clone();
            flipped[i] ^= (byte) 0xff;
            Optional<String> ofFlipped = VmlinuxNotes.buildId(Files.write(file, flipped));
            assertThat(ofFlipped.map(String::length).orElse(0))
                    .as("flipped at %d", i)
                    .isLessThanOrEqualTo(128);
        }
    }

    @Test
    void aTemplateIsFilledWhollyOrNotAtAll() {
        Map<String, String> values = Map.of("VERSION", "6.1.192", "TARBALL", "a$1b");
        assertThat(SpecTemplate.fill("v @VERSION@ t @TARBALL@ @NAMES@ a@b.c", values))
                .isEqualTo("v 6.1.192 t a$1b @NAMES@ a@b.c");
        assertThatThrownBy(() -> SpecTemplate.fill("@VERSION@ @SURPRISE@", values))
                .isInstanceOf(SourceMissingException.class)
                .hasMessageContaining("@SURPRISE@");
    }

    @Test
    void theKernelTreeIsFoundWhateverItsNameAndOnlyAKernelTree() throws Exception {
        Path build = dir.resolve("BUILD");
        Path decoy = Files.createDirectories(build.resolve("kernel-1/tools"));
        Files.writeString(decoy.resolve("Makefile"), "all:\n");
        assertThat(KernelTree.find(build)).isEmpty();
        Path tree = Files.createDirectories(build.resolve("kernel-1/linux-1.x86_64"));
        Files.writeString(tree.resolve("Makefile"), "VERSION = 1\nPATCHLEVEL = 0\n");
        assertThat(KernelTree.find(build)).as("without a Kconfig").isEmpty();
        Files.writeString(tree.resolve("Kconfig"), "");
        assertThat(KernelTree.find(build)).contains(tree);
    }

    @Test
    void onlyTheRejectedHunksOfOurOwnFilesAreShown() throws Exception {
        Path net = Files.createDirectories(dir.resolve("linux/net/ipv4"));
        Files.writeString(net.resolve("route.c.rej"), "@@ -1 +1 @@\n-a\n+b\n");
        Files.writeString(net.resolve("tcp.c.rej"), "somebody else's\n");
        assertThat(RejectFiles.read(dir, Set.of("net/ipv4/route.c"))).containsExactly("@@ -1 +1 @@", "-a", "+b");
    }

    /** The smallest file with one PT_NOTE segment that holds a Linux note and the build-id. */
    private static byte[] elf() {
        ByteBuffer elf = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        elf.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1);
        elf.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
        elf.putInt(64, 4).putLong(64 + 8, 120).putLong(64 + 32, 60);
        int at = note(elf, 120, "Linux\0", 0x100, new byte[] {1, 2, 3, 4});
        note(elf, at, "GNU\0", 3, java.util.HexFormat.of().parseHex(ID));
        return elf.array();
    }

    private static int note(ByteBuffer elf, int at, String name, int type, byte[] value) {
        elf.putInt(at, name.length()).putInt(at + 4, value.length).putInt(at + 8, type);
        elf.put(at + 12, name.getBytes(StandardCharsets.US_ASCII));
        int data = at + 12 + (name.length() + 3) / 4 * 4;
        elf.put(data, value);
        return data + (value.length + 3) / 4 * 4;
    }
}
