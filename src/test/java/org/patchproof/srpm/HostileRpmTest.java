package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.testing.CpioWriter;
import org.patchproof.testing.HeaderWriter;
import org.patchproof.testing.RpmBuilder;

/** Packages that somebody made to do harm, with digests that all agree: each is refused, and says why. */
class HostileRpmTest {
    private static final byte[] X = {'x'};
    private static final byte[] SPEC = "Name: demo\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PATCH = "--- a\n+++ b\n".getBytes(StandardCharsets.UTF_8);
    private static final String TRAVERSAL = "could be written outside its directory";

    @TempDir
    Path temp;

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("/etc/passwd", TRAVERSAL),
                arguments("../x", TRAVERSAL),
                arguments("a/b", TRAVERSAL),
                arguments("..", TRAVERSAL),
                arguments(".", TRAVERSAL),
                arguments("", "a file without a name"),
                arguments("a\nb", "control characters"),
                arguments("a\u001b[2J", "control characters"),
                arguments("n".repeat(256), "256 bytes"),
                arguments("\u00e9".repeat(128), "256 bytes"),
                arguments("p".repeat(5000), "too long for Linux"),
                arguments("fix.patch", "is listed twice"));
    }

    @ParameterizedTest
    @MethodSource
    void names(String name, String message) {
        refused(RpmBuilder.demo().file(name, "x"), message);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments(0120777, "symbolic link"),
                arguments(0040755, "directory"),
                arguments(0020600, "character device"),
                arguments(0060600, "block device"),
                arguments(0010600, "fifo"),
                arguments(0140600, "socket"),
                arguments(0, "unknown type"));
    }

    @ParameterizedTest
    @MethodSource
    void kinds(int mode, String message) {
        refused(RpmBuilder.demo().item("x", mode, 0, X), message);
    }

    static Stream<Arguments> packages() {
        return Stream.of(
                arguments("no files", RpmBuilder.source(), "no spec files"),
                arguments("no spec", RpmBuilder.source().file("x", "x"), "no spec files"),
                arguments("two specs", RpmBuilder.demo().spec("b.spec", "x"), "2 spec files"),
                arguments(
                        "unflagged specs",
                        RpmBuilder.source().file("a.spec", "").file("b.spec", ""),
                        "2 spec files"),
                arguments(
                        "ghost spec",
                        RpmBuilder.source().item("a.spec", RpmBuilder.REGULAR, 32 | 64, X),
                        "is left out of the package"),
                arguments("other payload", main(h -> h.string(1124, "drpm")), "in the format 'drpm'"),
                arguments("line break", main(h -> h.string(1124, "cpio\nxz\u202e")), "in the format 'cpio?xz?'"),
                arguments("other compressor", main(h -> h.string(1125, "rar")), "compressed by 'rar'"),
                arguments("wrong compressor", main(h -> h.string(1125, "xz")), "cannot be decompressed"),
                arguments("no name", main(h -> h.without(1000)), "no usable name"),
                arguments("slash in version", main(h -> h.string(1001, "../1")), "no usable version"),
                arguments("newline in release", main(h -> h.string(1002, "1\n2")), "no usable release"),
                arguments("name is a number", main(h -> h.int32s(1000, List.of(1L))), "has the wrong type 4"),
                arguments("no sizes", main(h -> h.without(1028)), "tag 1028 is missing"),
                arguments("no modes", main(h -> h.without(1030)), "tag 1030 is missing"),
                arguments("too few sizes", main(h -> h.int32s(1028, List.of(1L))), "has 1 elements instead of 2"),
                arguments("sizes as text", main(h -> h.strings(1028, List.of("1", "2"))), "has the wrong type 8"),
                arguments("negative size", main(h -> h.int64s(5008, List.of(-1L, 1L))), "impossible number"),
                arguments("absurd size", main(h -> h.int64s(5008, List.of(1L << 60, 1L))), "is said to have"),
                arguments("directory index", main(h -> h.int32s(1116, List.of(0L, 9L))), "names directory 9"),
                arguments("no directories", main(h -> h.without(1118)), "tag 1118"),
                arguments("unknown digest", main(h -> h.int32s(5011, List.of(3L))), "digest algorithm 3"),
                arguments("unknown payload digest", main(h -> h.int32s(5093, List.of(99L))), "digest algorithm 99"),
                arguments("short digest", main(h -> h.strings(1035, List.of("ab", "cd"))), "no SHA256 digest"),
                arguments("no file digests", main(h -> h.without(1035)), "no digest of demo.spec"),
                arguments("wrong file digest", main(h -> h.strings(1035, digests())), "is not as it was packed"),
                arguments("wrong payload digest", main(h -> h.strings(5092, hash())), "its Payload SHA256 digest is"),
                arguments("wrong plain digest", main(h -> h.strings(5097, hash())), "Payload SHA256 ALT digest is"),
                arguments("short payload digest", main(h -> h.strings(5092, List.of("00"))), "no SHA256 digest"),
                arguments("wrong sha256", signature(h -> h.string(273, hash().get(0))), "Header SHA256 digest is"),
                arguments("wrong sha1", signature(h -> h.string(269, "0".repeat(40))), "Header SHA1 digest is"),
                arguments("wrong md5", signature(h -> h.bin(1004, new byte[16])), "its MD5 digest is"),
                arguments("short md5", signature(h -> h.bin(1004, new byte[15])), "no MD5 digest"),
                arguments("sha256 as bytes", signature(h -> h.bin(273, new byte[32])), "has the wrong type 7"),
                arguments(
                        "no header digest",
                        signature(h -> h.without(269).without(273).without(1004)),
                        "no digest of its header"),
                arguments("stated longer", signature(h -> h.int32s(1000, List.of(99999L))), "the file is cut short"),
                arguments("stated shorter", signature(h -> h.int32s(1000, List.of(99L))), "bytes too many"),
                arguments("unknown type", main(h -> h.raw(4000, 77, 1, X)), "unknown type 77"),
                arguments("negative type", main(h -> h.raw(4000, -1, 1, X)), "unknown type -1"),
                arguments("no elements", main(h -> h.raw(1000, 6, 0, X)), "points outside"),
                arguments("negative count", main(h -> h.raw(1117, 8, -1, X)), "points outside"),
                arguments("huge count", main(h -> h.raw(1117, 8, Integer.MAX_VALUE, X)), "points outside"),
                arguments("overflowing count", main(h -> h.raw(1028, 5, 0x20000000, X)), "points outside"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void packages(String what, RpmBuilder builder, String message) {
        refused(builder, message);
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                arguments(
                        "lacks a file",
                        new CpioWriter()
                                .named("demo.spec", RpmBuilder.REGULAR, SPEC)
                                .trailer(),
                        "lacks fix.patch"),
                arguments("empty", new CpioWriter().trailer(), "lacks demo.spec"),
                arguments("no end mark", files(), "the payload ends inside an entry"),
                arguments(
                        "no cpio",
                        new CpioWriter().raw("hello, world".getBytes(StandardCharsets.UTF_8)),
                        "no cpio entry"),
                arguments(
                        "file too many",
                        files().named("evil", RpmBuilder.REGULAR, X).trailer(),
                        "does not list"),
                arguments(
                        "outside",
                        files().named("../evil", RpmBuilder.REGULAR, X).trailer(),
                        "does not list"),
                arguments(
                        "absolute",
                        files().named("/evil", RpmBuilder.REGULAR, X).trailer(),
                        "does not list"),
                arguments(
                        "escape",
                        files().named("\u001b]0;x", RpmBuilder.REGULAR, X).trailer(),
                        "the file ?]0;x, which"),
                arguments(
                        "twice",
                        files().named("fix.patch", RpmBuilder.REGULAR, PATCH).trailer(),
                        "holds fix.patch twice"),
                arguments(
                        "twice, dotted",
                        files().named("./fix.patch", RpmBuilder.REGULAR, PATCH).trailer(),
                        "twice"),
                arguments(
                        "other kind", spec().named("fix.patch", 0120777, PATCH).trailer(), "another kind of file"),
                arguments(
                        "larger",
                        spec().named("fix.patch", RpmBuilder.REGULAR, new byte[13])
                                .trailer(),
                        "has 13 bytes in its payload and 12"),
                arguments(
                        "smaller",
                        spec().named("fix.patch", RpmBuilder.REGULAR, new byte[11])
                                .trailer(),
                        "has 11 bytes in its payload and 12"),
                arguments(
                        "nothing in it",
                        spec().named("fix.patch", RpmBuilder.REGULAR, new byte[0])
                                .trailer(),
                        "has 0 bytes"),
                arguments("4 GiB", spec().header("fix.patch", RpmBuilder.REGULAR, 0xffffffffL), "4294967295 bytes"),
                arguments(
                        "altered",
                        spec().named("fix.patch", RpmBuilder.REGULAR, new byte[12])
                                .trailer(),
                        "fix.patch is not as it was packed"),
                arguments("index beyond", files().indexed(2, X).trailer(), "file 2 of 2"),
                arguments("huge index", files().indexed(0xffffffffL, X).trailer(), "impossible index"),
                arguments(
                        "ends in a file",
                        spec().header("fix.patch", RpmBuilder.REGULAR, 12).raw(X),
                        "ends inside a file"),
                arguments("end mark with body", files().header("TRAILER!!!", 0, 5), "the end mark has a body"),
                arguments(
                        "name too long",
                        files().header("n".repeat(5000), RpmBuilder.REGULAR, 0),
                        "impossible length 5001"),
                arguments(
                        "NUL in a name",
                        files().header("fix.patch\0.sh", RpmBuilder.REGULAR, 0),
                        "does not end where it must"),
                arguments(
                        "no number",
                        new CpioWriter().raw(("070701" + "zzzzzzzz".repeat(13)).getBytes(StandardCharsets.US_ASCII)),
                        "no number"),
                arguments("long tail", files().trailer().raw(new byte[(1 << 20) + 1]), "after its end mark"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void payloads(String what, CpioWriter archive, String message) {
        refused(RpmBuilder.demo().archive(archive), message);
    }

    @Test
    void aFileThatIsSaidToBeLeftOutMustNotCome() {
        refused(
                RpmBuilder.demo()
                        .item("g", RpmBuilder.REGULAR, RpmBuilder.GHOST_FLAG, X)
                        .archive(files().named("g", RpmBuilder.REGULAR, X).trailer()),
                "is left out");
    }

    @Test
    void hardLinksMustBeOfOneContent() {
        refused(
                RpmBuilder.demo().link("one", RpmBuilder.REGULAR, 0, X, 9).link("two", RpmBuilder.REGULAR, 0, PATCH, 9),
                "said to be one file");
    }

    @Test
    void aTagThatIsThereTwiceHasNoMeaning() {
        byte[] rpm = RpmBuilder.demo().build();
        int main = mainHeader(rpm);
        // The slot of the release (the fourth) becomes a second version.
        ByteBuffer.wrap(rpm).putInt(main + 16 + 3 * 16, 1001);
        refused(signedAgain(rpm, main), "is there more than once");
    }

    @Test
    void aRegionThatDoesNotSpanTheHeaderHidesSomething() {
        byte[] rpm = RpmBuilder.demo().build();
        int main = mainHeader(rpm);
        int trailer = main + headerLength(rpm, main) - 16;
        ByteBuffer.wrap(rpm).putInt(trailer + 8, -16);
        refused(signedAgain(rpm, main), "its region does not span it");
    }

    @Test
    void theDecompressorsMemoryIsBounded() {
        byte[] dictionaryOf1GiB = {0x5d, 0, 0, 0, 0x40, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0};
        refused(RpmBuilder.demo().compressor("lzma").packed(old -> dictionaryOf1GiB), "of memory to decompress");
    }

    @Test
    void textIsBounded() {
        refused(main(h -> h.string(1000, "n".repeat((1 << 16) + 1))), "holds a text of 65537 bytes");
        refused(
                main(h -> h.strings(1117, Collections.nCopies(300, "n".repeat(60_000)))),
                "more than 16777216 bytes of text");
    }

    static Stream<Arguments> counts() {
        return Stream.of(
                arguments(8, 0xffffffff, "4294967295 tags"),
                arguments(8, 0x7fffffff, "2147483647 tags"),
                arguments(8, 0x10000, "65536 tags"),
                arguments(8, 0xffff, "the file ends inside the"),
                arguments(8, 0, "0 tags"),
                arguments(12, 0xffffffff, "4294967295 bytes; the limit"),
                arguments(12, (24 << 20) + 1, "bytes; the limit"),
                arguments(12, 16 << 20, "the file ends inside the"),
                arguments(12, 0, "points outside"));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void hugeCountsTakeNoMemory(int at, int count, String message) {
        for (int header : new int[] {96, mainHeader(RpmBuilder.demo().build())}) {
            byte[] rpm = RpmBuilder.demo().build();
            ByteBuffer.wrap(rpm).putInt(header + at, count);
            Path file = write(rpm);
            assertThat(allocated(() -> assertThatThrownBy(() -> RpmFile.read(file))
                            .isInstanceOf(RpmFormatException.class)
                            .hasMessageContaining(message)))
                    .as("bytes allocated")
                    .isLessThan(4 << 20);
        }
    }

    @Test
    void moreFilesThanAnyPackageHasTakeNoMemory() {
        List<String> names = Collections.nCopies(FileTable.FILE_LIMIT + 1, "");
        Path file = RpmBuilder.demo().main(h -> h.strings(1117, names)).write(temp.resolve("many.rpm"));

        assertThat(allocated(() -> assertThatThrownBy(() -> RpmFile.read(file))
                        .isInstanceOf(RpmFormatException.class)
                        .hasMessageContaining("the limit is")))
                .as("bytes allocated")
                .isLessThan(8 << 20);
    }

    @Test
    void oneLongDirectoryForManyFilesTakesNoMemory() {
        int count = 100_000;
        Path file = RpmBuilder.demo()
                .main(h -> h.strings(1117, Collections.nCopies(count, "n"))
                        .strings(1118, List.of("d".repeat(4000)))
                        .int32s(1116, Collections.nCopies(count, 0L)))
                .write(temp.resolve("long.rpm"));

        assertThat(allocated(() -> assertThatThrownBy(() -> RpmFile.read(file))
                        .isInstanceOf(RpmFormatException.class)
                        .hasMessageContaining("too long for Linux")))
                .as("bytes allocated")
                .isLessThan(200 << 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 95})
    void whatIsTooShortIsNoRpm(int length) {
        refused(Arrays.copyOf(RpmBuilder.demo().build(), length), "not an RPM file: it has only " + length);
    }

    @Test
    void whatStartsOtherwiseIsNoRpm() {
        refused(new byte[5000], "not an RPM file: it does not start with edabeedb");
    }

    @Test
    void aDirectoryIsNoRpm() {
        assertThatThrownBy(() -> RpmFile.read(temp))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining("not a regular file");
    }

    @Test
    void aMessageSaysWhichFileWhereAndWhatToDo() {
        byte[] rpm = RpmBuilder.demo().build();
        rpm[96] = 0;
        Path file = write(rpm);

        assertThatThrownBy(() -> RpmFile.read(file)).isInstanceOfSatisfying(RpmFormatException.class, e -> {
            assertThat(e)
                    .hasMessage(file + ": at byte 96: the signature header does not start with its magic 8eade801."
                            + " Copy it again and compare its sha256 with that of its source.");
            assertThat(e.file()).isEqualTo(file);
            assertThat(e.offset()).hasValue(96);
        });
    }

    private void refused(RpmBuilder builder, String message) {
        refused(builder.build(), message);
    }

    private void refused(byte[] rpm, String message) {
        Path file = write(rpm);
        assertThatThrownBy(() -> SourceUnpacker.unpack(file, temp.resolve("top")))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith(file + ": ")
                .hasMessageEndingWith(".");
        assertThat(temp.toFile().list()).as("what is left").containsExactly("hostile.rpm");
    }

    private Path write(byte[] rpm) {
        try {
            return Files.write(temp.resolve("hostile.rpm"), rpm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static RpmBuilder main(Consumer<HeaderWriter> change) {
        return RpmBuilder.demo().main(change);
    }

    private static RpmBuilder signature(Consumer<HeaderWriter> change) {
        return RpmBuilder.demo().signature(change);
    }

    private static List<String> digests() {
        return List.of(hash().get(0), hash().get(0));
    }

    private static List<String> hash() {
        return List.of("0".repeat(64));
    }

    private static CpioWriter spec() {
        return new CpioWriter().named("demo.spec", RpmBuilder.REGULAR, SPEC);
    }

    private static CpioWriter files() {
        return spec().named("fix.patch", RpmBuilder.REGULAR, PATCH);
    }

    private static int mainHeader(byte[] rpm) {
        int end = 96 + headerLength(rpm, 96);
        return end + (8 - end % 8) % 8;
    }

    /** The package again, with digests that agree with what was altered by hand in its main header. */
    private static byte[] signedAgain(byte[] rpm, int main) {
        return RpmBuilder.demo().seal(Arrays.copyOfRange(rpm, main, rpm.length), headerLength(rpm, main));
    }

    private static int headerLength(byte[] rpm, int at) {
        ByteBuffer bytes = ByteBuffer.wrap(rpm);
        return 16 + 16 * bytes.getInt(at + 8) + bytes.getInt(at + 12);
    }
}
