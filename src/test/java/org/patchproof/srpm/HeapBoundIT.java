package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.HeaderWriter;
import org.patchproof.testing.RpmBuilder;

/** What costs most memory, with every limit used to its end, is read in a Java of 256 MiB of heap. */
class HeapBoundIT {
    private static final int FILES = FileTable.FILE_LIMIT;
    private static final byte[] DICTIONARY_OF_64_MIB = {
        0x5d, 0, 0, 0, 4, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0
    };

    @TempDir
    Path temp;

    /** Runs in the small Java. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            for (String what : List.of("read", "unpack")) {
                try {
                    if (what.equals("read")) {
                        RpmFile.read(Path.of(args[0]));
                    } else {
                        SourceUnpacker.unpack(Path.of(args[0]), Path.of(args[1]));
                    }
                    System.out.println(what + ": done");
                } catch (RpmFormatException e) {
                    System.out.println(what + ": refused: " + e.getMessage());
                }
            }
        }
    }

    static Stream<Arguments> packages() {
        byte[] signature = new byte[Header.SIGNATURE_LIMIT - 10_000];
        byte[] main = new byte[Header.MAIN_LIMIT - 10_000];
        return Stream.of(
                Arguments.of(
                        "both headers",
                        "unpack: done",
                        RpmBuilder.demo().main(h -> h.bin(9999, main)).signature(h -> h.bin(9999, signature))),
                Arguments.of(
                        "many files",
                        "unpack: refused",
                        many(i -> String.format("%040d", i)).signature(h -> h.bin(9999, signature))),
                Arguments.of(
                        "wide names",
                        "unpack: refused",
                        many(i -> "\u6f22" + String.format("%030d", i)).signature(h -> h.bin(9999, signature))),
                Arguments.of(
                        "many files and a dictionary",
                        "unpack: refused",
                        many(i -> "\u6f22" + String.format("%030d", i))
                                .compressor("lzma")
                                .packed(old -> DICTIONARY_OF_64_MIB)),
                Arguments.of(
                        "a long name",
                        "unpack: refused",
                        RpmBuilder.demo().main(h -> h.string(1000, "\u6f22".repeat(7 << 20)))),
                Arguments.of(
                        "a long digest",
                        "unpack: refused",
                        RpmBuilder.demo().main(h -> h.strings(1035, List.of("n".repeat(20 << 20), "x")))),
                Arguments.of(
                        "a bomb",
                        "unpack: refused",
                        RpmBuilder.demo().compressor("xz").archive(old -> new byte[300 << 20])));
    }

    private static RpmBuilder many(IntFunction<String> name) {
        List<String> names = new ArrayList<>(List.of("demo.spec"));
        IntStream.range(1, FILES).mapToObj(name).forEach(names::add);
        String empty = RpmBuilder.hex("SHA-256", new byte[0]);
        return RpmBuilder.demo().main(h -> filled(h, names, empty));
    }

    private static void filled(HeaderWriter header, List<String> names, String digest) {
        List<Long> zeros = Collections.nCopies(FILES, 0L);
        header.strings(1117, names)
                .strings(1035, Collections.nCopies(FILES, digest))
                .int32s(1028, zeros)
                .int16s(1030, Collections.nCopies(FILES, RpmBuilder.REGULAR))
                .int32s(1034, zeros)
                .strings(1036, Collections.nCopies(FILES, "t"))
                .int32s(1037, zeros)
                .int32s(1096, LongStream.range(0, FILES).boxed().toList())
                .int32s(1116, zeros);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void packages(String what, String end, RpmBuilder builder) throws Exception {
        Path rpm = builder.write(temp.resolve("x.rpm"));
        CommandResult result = new LeashedRunner()
                .run(Command.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName(),
                                rpm.toString(),
                                temp.resolve("top").toString())
                        .within(Duration.ofMinutes(2)));
        assertThat(result.ok()).as(result.transcript()).isTrue();
        assertThat(result.output()).contains("read: ", end).doesNotContain("OutOfMemoryError");
    }
}
