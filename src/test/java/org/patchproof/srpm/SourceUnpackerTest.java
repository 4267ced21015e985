package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.testing.CpioWriter;
import org.patchproof.testing.RpmBuilder;

class SourceUnpackerTest {
    private static final byte[] SHARED = "shared".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temp;

    /** A process of its own, stopped while it unpacks. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void aStoppedProcessLeavesNothing(String signal) throws Exception {
        Path srpm = RpmBuilder.demo()
                .file("large.bin", "x".repeat(64 << 20))
                .compressor("none")
                .write(temp.resolve("a.src.rpm"));
        Path folder = Files.createDirectory(temp.resolve("folder"));
        Path tmp = Files.createDirectory(temp.resolve("tmp"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> start = List.of(
                java, "-Djava.io.tmpdir=" + tmp, "-cp", System.getProperty("java.class.path"), Unpack.class.getName());
        List<String> argv = new ArrayList<>(start);
        argv.addAll(List.of(srpm.toString(), folder.resolve("top").toString()));
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        while (process.isAlive() && names(folder).isEmpty()) {
            Thread.onSpinWait();
        }
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        process.waitFor();
        if (signal.equals("KILL")) {
            assertThat(names(folder)).hasSize(1);
            List<String> again = new ArrayList<>(start);
            again.addAll(List.of(srpm.toString(), folder.resolve("again").toString()));
            assertThat(new ProcessBuilder(again).start().waitFor()).isZero();
            assertThat(names(folder)).containsExactly("again");
        } else {
            assertThat(names(folder)).isEmpty();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).toList();
        }
    }

    /** Unpacks. */
    static final class Unpack {
        private Unpack() {}

        public static void main(String[] args) throws IOException {
            SourceUnpacker.unpack(Path.of(args[0]), Path.of(args[1]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "xz", "lzma", "zstd", "bzip2", "none"})
    void unpacksIntoTheLayoutOfRpmbuild(String compressor) throws IOException {
        Path srpm = RpmBuilder.demo().compressor(compressor).write(temp.resolve("a.src.rpm"));

        UnpackedSource unpacked = SourceUnpacker.unpack(srpm, temp.resolve("top"));

        assertThat(Trees.snapshot(temp.resolve("top")).keySet())
                .containsExactly(
                        "BUILD",
                        "BUILDROOT",
                        "RPMS",
                        "SOURCES",
                        "SOURCES/fix.patch",
                        "SPECS",
                        "SPECS/demo.spec",
                        "SRPMS");
        assertThat(unpacked.specFile()).hasContent("Name: demo\n").isEqualTo(temp.resolve("top/SPECS/demo.spec"));
        assertThat(temp.resolve("top/SOURCES/fix.patch")).hasContent("--- a\n+++ b\n");
        assertThat(unpacked.nevra()).hasToString("demo-1.0-1.src");
        assertThat(unpacked.sha256()).isEqualTo(RpmBuilder.hex("SHA-256", Files.readAllBytes(srpm)));
        assertThat(unpacked.files()).extracting(RpmFileEntry::path).containsExactly("demo.spec", "fix.patch");
        assertThat(unpacked.verified())
                .containsExactlyInAnyOrder(
                        "Header SHA256", "Header SHA1", "Payload SHA256", "Payload SHA256 ALT", "MD5", "Files SHA256");
        assertThat(temp).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void aFileThatIsNotTheOneThatWasLookedAtIsRefused() throws IOException {
        Path srpm = RpmBuilder.demo().write(temp.resolve("a.src.rpm"));
        String sha256 = RpmBuilder.hex("SHA-256", Files.readAllBytes(srpm));
        assertThat(SourceUnpacker.unpack(srpm, temp.resolve("top"), sha256).sha256())
                .isEqualTo(sha256);
        assertThatThrownBy(() -> SourceUnpacker.unpack(srpm, temp.resolve("other"), "0".repeat(64)))
                .hasMessageContaining("a.src.rpm: it is not the file any more")
                .hasMessageContaining("its sha256 is " + sha256);
        assertThat(temp).isDirectoryNotContaining("glob:**/other").isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void keepsTimesAndPermissionsButNoSetuid() throws IOException {
        Path srpm = RpmBuilder.demo()
                .item("run.sh", 0104750, 0, SHARED)
                .item("locked", 0100044, 0, SHARED)
                .write(temp.resolve("a.src.rpm"));

        SourceUnpacker.unpack(srpm, temp.resolve("top"));

        Path script = temp.resolve("top/SOURCES/run.sh");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
                .isEqualTo("rwxr-x---");
        assertThat(Files.getAttribute(script, "unix:mode")).isEqualTo(0100750);
        assertThat(Files.getLastModifiedTime(script).toInstant()).isEqualTo(Instant.ofEpochSecond(RpmBuilder.TIME));
        assertThat(Files.getPosixFilePermissions(temp.resolve("top/SOURCES/locked")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void readsFormat3WhichHasMd5Only() throws IOException {
        Path srpm = RpmBuilder.demo().format3().write(temp.resolve("a.src.rpm"));

        UnpackedSource unpacked = SourceUnpacker.unpack(srpm, temp.resolve("top"));

        assertThat(unpacked.verified()).containsExactly("MD5", "Files MD5");
        assertThat(unpacked.specFile()).hasContent("Name: demo\n");
    }

    @Test
    void findsTheSpecFileByItsNameWhereNoneIsFlagged() throws IOException {
        Path srpm = RpmBuilder.source().file("x.spec", "x").file("y", "y").write(temp.resolve("a.src.rpm"));

        assertThat(SourceUnpacker.unpack(srpm, temp.resolve("top")).specFile())
                .isEqualTo(temp.resolve("top/SPECS/x.spec"));
    }

    @Test
    void aSourceThatIsLeftOutNeedNotBeInThePayload() throws IOException {
        Path srpm = RpmBuilder.demo()
                .item("secret.tar", RpmBuilder.REGULAR, RpmBuilder.GHOST_FLAG, SHARED)
                .main(h -> h.int32s(1051, List.of(0L)))
                .write(temp.resolve("a.nosrc.rpm"));

        UnpackedSource unpacked = SourceUnpacker.unpack(srpm, temp.resolve("top"));

        assertThat(unpacked.nevra().arch()).isEqualTo("nosrc");
        assertThat(unpacked.files()).filteredOn(RpmFileEntry::isGhost).hasSize(1);
        assertThat(temp.resolve("top/SOURCES/secret.tar")).doesNotExist();
    }

    @Test
    void hardLinksWhoseContentComesLastBecomeFilesOfTheirOwn() throws IOException {
        Path srpm = linked(RpmBuilder.demo())
                .archive(demoFiles()
                        .named("one", RpmBuilder.REGULAR, new byte[0])
                        .named("two", RpmBuilder.REGULAR, SHARED)
                        .trailer())
                .write(temp.resolve("a.src.rpm"));

        SourceUnpacker.unpack(srpm, temp.resolve("top"));

        Files.writeString(temp.resolve("top/SOURCES/one"), "edited");
        assertThat(temp.resolve("top/SOURCES/two")).hasContent("shared");
    }

    @Test
    void hardLinksWithoutContentAreRefused() {
        Path srpm = linked(RpmBuilder.demo())
                .archive(demoFiles()
                        .named("one", RpmBuilder.REGULAR, new byte[0])
                        .named("two", RpmBuilder.REGULAR, new byte[0])
                        .trailer())
                .write(temp.resolve("a.src.rpm"));

        assertThatThrownBy(() -> SourceUnpacker.unpack(srpm, temp.resolve("top")))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining("no content for the hard link");
        assertThat(temp).isDirectoryContaining(p -> p.equals(srpm)).isDirectoryNotContaining(p -> !p.equals(srpm));
    }

    @Test
    void readsTheLargeFileFormWhoseEntriesAreIndexes() throws IOException {
        Path srpm = linked(RpmBuilder.demo())
                .main(h -> h.without(1028).int64s(5008, List.of(11L, 12L, 6L, 6L)))
                .archive(new CpioWriter()
                        .indexed(1, "--- a\n+++ b\n".getBytes(StandardCharsets.UTF_8))
                        .indexed(0, "Name: demo\n".getBytes(StandardCharsets.UTF_8))
                        .indexed(2, new byte[0])
                        .indexed(3, SHARED)
                        .trailer())
                .write(temp.resolve("a.src.rpm"));

        SourceUnpacker.unpack(srpm, temp.resolve("top"));

        assertThat(temp.resolve("top/SPECS/demo.spec")).hasContent("Name: demo\n");
        assertThat(temp.resolve("top/SOURCES/one")).hasContent("shared");
    }

    @Test
    void paddingAfterTheEndMarkIsFine() throws IOException {
        Path srpm = RpmBuilder.demo()
                .archive(bytes -> Arrays.copyOf(bytes, bytes.length + 4096))
                .write(temp.resolve("a.src.rpm"));

        assertThat(SourceUnpacker.unpack(srpm, temp.resolve("top")).verified()).contains("Payload SHA256 ALT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void aLargePackageIsDigestedBesideTheUnpacking(String compressor) throws IOException {
        byte[] large = new byte[9 << 20];
        new Random(1).nextBytes(large);
        RpmBuilder builder = RpmBuilder.demo().compressor(compressor).item("large", RpmBuilder.REGULAR, 0, large);
        Path srpm = builder.write(temp.resolve("a.src.rpm"));
        Path wrong = builder.main(h -> h.strings(5097, List.of("0".repeat(64)))).write(temp.resolve("b.src.rpm"));

        UnpackedSource unpacked = SourceUnpacker.unpack(srpm, temp.resolve("top"));

        assertThat(unpacked.sha256()).isEqualTo(RpmBuilder.hex("SHA-256", Files.readAllBytes(srpm)));
        assertThat(unpacked.topdir().resolve("SOURCES/large")).hasBinaryContent(large);
        assertThatThrownBy(() -> SourceUnpacker.unpack(wrong, temp.resolve("other")))
                .hasMessageContaining("Payload SHA256 ALT digest is");
    }

    @Test
    void oneDigestForBothIsComparedWhereNothingIsCompressed() throws IOException {
        List<String> wrong = List.of("0".repeat(64));
        Path srpm = RpmBuilder.demo()
                .compressor("none")
                .main(h -> h.strings(5092, wrong).strings(5097, wrong))
                .write(temp.resolve("a.src.rpm"));

        assertThatThrownBy(() -> SourceUnpacker.unpack(srpm, temp.resolve("top")))
                .hasMessageContaining("Payload SHA256 digest is");
    }

    @Test
    void neverTouchesATopdirThatExists() throws IOException {
        Path srpm = RpmBuilder.demo().write(temp.resolve("a.src.rpm"));
        Path top = Files.createDirectory(temp.resolve("top"));

        assertThatThrownBy(() -> SourceUnpacker.unpack(srpm, top))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("remove it, or name another place");
        assertThat(top).isEmptyDirectory();
    }

    @Test
    void wantsTheParentOfTopdir() {
        Path srpm = RpmBuilder.demo().write(temp.resolve("a.src.rpm"));

        assertThatThrownBy(() -> SourceUnpacker.unpack(srpm, temp.resolve("none/top")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("make it first");
    }

    @Test
    void saysThatABinaryPackageIsOne() {
        Path rpm = RpmBuilder.binary().file("/usr/bin/x", "x").write(temp.resolve("a.rpm"));

        assertThatThrownBy(() -> SourceUnpacker.unpack(rpm, temp.resolve("top")))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining("demo-1.0-1.x86_64 is a binary package")
                .hasMessageContaining(".src.rpm");
    }

    @Test
    void refusesBeforeWritingWhatTheDiskCannotHold() {
        Path srpm = RpmBuilder.demo()
                .main(h -> h.without(1028).int64s(5008, List.of(1L << 43, 1L << 43)))
                .write(temp.resolve("a.src.rpm"));

        assertThatThrownBy(() -> SourceUnpacker.unpack(srpm, temp.resolve("top")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the disk has only");
    }

    @Test
    void aMissingFileIsNoFormatError() {
        assertThatThrownBy(() -> SourceUnpacker.unpack(temp.resolve("none.src.rpm"), temp.resolve("top")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(Set.of(temp.toFile().list())).isEmpty();
    }

    private static RpmBuilder linked(RpmBuilder builder) {
        return builder.link("one", RpmBuilder.REGULAR, 0, SHARED, 77).link("two", RpmBuilder.REGULAR, 0, SHARED, 77);
    }

    private static CpioWriter demoFiles() {
        return new CpioWriter()
                .named("demo.spec", RpmBuilder.REGULAR, "Name: demo\n".getBytes(StandardCharsets.UTF_8))
                .named("fix.patch", RpmBuilder.REGULAR, "--- a\n+++ b\n".getBytes(StandardCharsets.UTF_8));
    }
}
