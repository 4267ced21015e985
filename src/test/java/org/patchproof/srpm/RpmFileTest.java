package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.testing.CpioWriter;
import org.patchproof.testing.RpmBuilder;

class RpmFileTest {
    private static final byte[] KERNEL = "a kernel".getBytes(StandardCharsets.UTF_8);
    private static final String BOOT = "/boot/vmlinuz-1";

    @TempDir
    Path temp;

    @Test
    void readsWhatASourcePackageSays() throws IOException {
        Path file = RpmBuilder.demo().main(h -> h.int32s(1003, List.of(2L))).write(temp.resolve("a.src.rpm"));

        RpmPackage rpm = RpmFile.read(file);

        assertThat(rpm.isSource()).isTrue();
        assertThat(rpm.file()).isEqualTo(file);
        assertThat(rpm.size()).isEqualTo(Files.size(file));
        assertThat(rpm.sha256()).isEqualTo(RpmBuilder.hex("SHA-256", Files.readAllBytes(file)));
        assertThat(rpm.nevra()).hasToString("demo-2:1.0-1.src");
        assertThat(rpm.nevra().evr()).isEqualTo("2:1.0-1");
        assertThat(rpm.payloadFormat()).isEqualTo("cpio");
        assertThat(rpm.payloadCompressor()).isEqualTo("gzip");
        assertThat(rpm.digests())
                .containsExactly("Header SHA256", "Header SHA1", "Payload SHA256", "Payload SHA256 ALT", "MD5");
        assertThat(rpm.signatures()).isEmpty();
        RpmFileEntry spec = rpm.files().get(0);
        assertThat(spec.isSpecFile()).isTrue();
        assertThat(spec.size()).isEqualTo(11);
        assertThat(spec.mode()).isEqualTo(0100644);
        assertThat(spec.mtime()).contains(Instant.ofEpochSecond(RpmBuilder.TIME));
        assertThat(spec.digest())
                .contains(new RpmDigest(
                        HashAlgorithm.SHA256,
                        RpmBuilder.hex("SHA-256", "Name: demo\n".getBytes(StandardCharsets.UTF_8))));
        assertThat(rpm.files().get(1).isSpecFile()).isFalse();
    }

    @Test
    void readsWhatABinaryPackageSays() throws IOException {
        RpmPackage rpm = RpmFile.read(kernel().write(temp.resolve("a.rpm")));

        assertThat(rpm.isSource()).isFalse();
        assertThat(rpm.nevra()).hasToString("demo-1.0-1.x86_64");
        assertThat(rpm.files())
                .extracting(RpmFileEntry::path)
                .containsExactly("/boot", "/boot/vmlinuz", BOOT, "/boot/initramfs");
        assertThat(rpm.files().get(0).isDirectory()).isTrue();
        assertThat(rpm.files().get(1).isSymlink()).isTrue();
        assertThat(rpm.files().get(1).linkTarget()).contains("vmlinuz-1");
        assertThat(rpm.files().get(2).isRegular()).isTrue();
        assertThat(rpm.files().get(2).linkTarget()).isEmpty();
        assertThat(rpm.files().get(3).isGhost()).isTrue();
    }

    @Test
    void readsAPackageWithoutFiles() throws IOException {
        assertThat(RpmFile.read(RpmBuilder.binary().write(temp.resolve("a.rpm")))
                        .files())
                .isEmpty();
    }

    @Test
    void readsFormat3() throws IOException {
        RpmPackage rpm = RpmFile.read(
                RpmBuilder.binary().file("/usr/bin/x", "x").format3().write(temp.resolve("a.rpm")));

        assertThat(rpm.digests()).containsExactly("MD5");
        assertThat(rpm.files().get(0).path()).isEqualTo("/usr/bin/x");
        assertThat(rpm.files().get(0).digest().orElseThrow().algorithm()).isEqualTo(HashAlgorithm.MD5);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 256"})
    void readsLeadOnlySignaturesButUnpacksNothingThatNoDigestCovers(int type, int length) throws IOException {
        byte[] rpm = RpmBuilder.demo().format3().build();
        ByteBuffer bytes = ByteBuffer.wrap(rpm);
        int end = 96 + 16 + 16 * bytes.getInt(96 + 8) + bytes.getInt(96 + 12);
        int main = end + (8 - end % 8) % 8;
        ByteBuffer old = ByteBuffer.allocate(96 + length + rpm.length - main);
        old.put(rpm, 0, 96)
                .position(96 + length)
                .put(rpm, main, rpm.length - main)
                .putShort(78, (short) type);
        Path file = Files.write(temp.resolve("old.src.rpm"), old.array());

        RpmPackage read = RpmFile.read(file);
        assertThat(read.nevra()).hasToString("demo-1.0-1.src");
        assertThat(read.digests()).isEmpty();
        assertThat(read.files()).extracting(RpmFileEntry::path).containsExactly("demo.spec", "fix.patch");
        assertThatThrownBy(() -> SourceUnpacker.unpack(file, temp.resolve("top")))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining("no digest of its header")
                .hasMessageContaining("rpm of after 1998");
        assertThat(temp.resolve("top")).doesNotExist();
    }

    @Test
    void readsTheDigestsOfFormat6() throws IOException {
        Path file = RpmBuilder.demo()
                .main(h -> h.without(5093).strings(5121, List.of("0".repeat(128))))
                .write(temp.resolve("a.rpm"));

        assertThatThrownBy(() -> RpmFile.read(file)).hasMessageContaining("its Payload SHA512 digest is");
    }

    @Test
    void textThatIsNotUtf8IsTakenByteByByte() throws IOException {
        Path file = RpmBuilder.binary()
                .file("/x", "x")
                .main(h -> h.raw(1117, 8, 1, new byte[] {'M', (byte) 0xfc, 'l', 'l', 0}))
                .write(temp.resolve("a.rpm"));

        assertThat(RpmFile.read(file).files().get(0).path()).isEqualTo("/M\u00fcll");
    }

    @ParameterizedTest
    @CsvSource({
        // version 3: hashed length, type, time, key id
        "88 10 03 05 00 00000000 1122334455667788 01 08, 1122334455667788",
        // version 4, issuer in the unhashed area
        "c2 14 04 00 01 08 0000 000a 09 10 1122334455667788 0000, 1122334455667788",
        // version 4, fingerprint in the hashed area
        "c2 20 04 00 01 08 0017 16 21 04 00000000000000000000000000000000000000ab 0000, 00000000000000ab",
        // version 6, fingerprint
        "c2 31 06 00 1b 0a 00000023 22 21 06 1122334455667788000000000000000000000000000000000000000000000000 00000000, "
                + "1122334455667788",
    })
    void saysWhichKeySigned(String packet, String keyId) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(packet.replace(" ", ""));
        RpmPackage rsa =
                RpmFile.read(RpmBuilder.demo().signature(h -> h.bin(268, bytes)).write(temp.resolve("a.rpm")));
        RpmPackage openPgp = RpmFile.read(RpmBuilder.demo()
                .signature(h -> h.strings(278, List.of(Base64.getEncoder().encodeToString(bytes))))
                .write(temp.resolve("b.rpm")));

        assertThat(rsa.signerKeyId()).contains(keyId);
        assertThat(rsa.signatures()).extracting(RpmSignature::tag).containsExactly("RSAHEADER");
        assertThat(openPgp.signerKeyId()).contains(keyId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "c2",
                "c2ff",
                "c20403",
                "88100400010800ff",
                "c2140400010800000001ffff",
                "c2140400010800000002000000"
            })
    void aSignatureThatCannotBeReadNamesNoKey(String packet) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(packet);
        RpmPackage rpm =
                RpmFile.read(RpmBuilder.demo().signature(h -> h.bin(268, bytes)).write(temp.resolve("a.rpm")));

        assertThat(rpm.signatures()).hasSize(1);
        assertThat(rpm.signerKeyId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "lzma", "zstd", "bzip2", "none"})
    void extractsOneFile(String compressor) throws IOException {
        Path rpm = kernel().compressor(compressor).write(temp.resolve("a.rpm"));

        RpmFileEntry entry = RpmFile.extract(rpm, BOOT, temp.resolve("kernel"));

        assertThat(temp.resolve("kernel")).hasBinaryContent(KERNEL);
        assertThat(entry.path()).isEqualTo(BOOT);
    }

    @Test
    void extractsAHardLinkWhoseContentComesWithAnother() throws IOException {
        Path rpm = RpmBuilder.binary()
                .link("/a", RpmBuilder.REGULAR, 0, KERNEL, 5)
                .link("/b", RpmBuilder.REGULAR, 0, KERNEL, 5)
                .archive(new CpioWriter()
                        .named("./a", RpmBuilder.REGULAR, new byte[0])
                        .named("./b", RpmBuilder.REGULAR, KERNEL)
                        .trailer())
                .write(temp.resolve("a.rpm"));

        RpmFile.extract(rpm, "/a", temp.resolve("kernel"));

        assertThat(temp.resolve("kernel")).hasBinaryContent(KERNEL);
    }

    @Test
    void extractsFromTheLargeFileFormPastASymbolicLink() throws IOException {
        Path rpm = kernel().archive(new CpioWriter()
                        .indexed(0, new byte[0])
                        .indexed(1, "vmlinuz-1".getBytes(StandardCharsets.UTF_8))
                        .indexed(2, KERNEL)
                        .trailer())
                .write(temp.resolve("a.rpm"));

        RpmFile.extract(rpm, BOOT, temp.resolve("kernel"));

        assertThat(temp.resolve("kernel")).hasBinaryContent(KERNEL);
    }

    @Test
    void whatIsNotThereIsNamedWithThePackage() {
        Path rpm = kernel().write(temp.resolve("a.rpm"));

        assertThatThrownBy(() -> RpmFile.extract(rpm, "/boot/other", temp.resolve("kernel")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("/boot/other")
                .hasMessageContaining("demo-1.0-1.x86_64");
    }

    @ParameterizedTest
    @CsvSource({"/boot, directory", "/boot/vmlinuz, symbolic link", "/boot/initramfs, file made after installation"})
    void onlyARegularFileIsExtracted(String path, String kind) {
        Path rpm = kernel().write(temp.resolve("a.rpm"));

        assertThatThrownBy(() -> RpmFile.extract(rpm, path, temp.resolve("kernel")))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining(kind);
    }

    @Test
    void anAlteredFileLeavesNothing() {
        byte[] other = "b kernel".getBytes(StandardCharsets.UTF_8);
        Path rpm = RpmBuilder.binary()
                .item(BOOT, RpmBuilder.REGULAR, 0, KERNEL)
                .archive(new CpioWriter()
                        .named("." + BOOT, RpmBuilder.REGULAR, other)
                        .trailer())
                .write(temp.resolve("a.rpm"));

        assertThatThrownBy(() -> RpmFile.extract(rpm, BOOT, temp.resolve("kernel")))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining("is not as it was packed");
        assertThat(temp.toFile().list()).containsExactly("a.rpm");
    }

    @Test
    void neverOverwrites() throws IOException {
        Path rpm = kernel().write(temp.resolve("a.rpm"));
        Path target = Files.writeString(temp.resolve("kernel"), "mine");

        assertThatThrownBy(() -> RpmFile.extract(rpm, BOOT, target)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("mine");
    }

    private static RpmBuilder kernel() {
        return RpmBuilder.binary()
                .item("/boot", 0040755, 0, new byte[0])
                .item("/boot/vmlinuz", 0120777, 0, "vmlinuz-1".getBytes(StandardCharsets.UTF_8))
                .item(BOOT, RpmBuilder.REGULAR, 0, KERNEL)
                .item("/boot/initramfs", RpmBuilder.REGULAR, RpmBuilder.GHOST_FLAG, KERNEL);
    }
}
