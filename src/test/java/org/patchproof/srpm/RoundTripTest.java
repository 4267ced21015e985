package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.patchproof.testing.RpmBuilder;

/** Whatever files are packed come out again, and nothing else. */
class RoundTripTest {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static Path temp;

    @BeforeContainer
    static void makeDirectory() throws IOException {
        temp = Files.createTempDirectory("round-trip");
    }

    @AfterContainer
    static void removeDirectory() throws IOException {
        Trees.remove(temp);
    }

    @Property(tries = 60)
    void packedAndUnpacked(@ForAll("contents") Map<String, byte[]> files, @ForAll("compressors") String compressor)
            throws IOException {
        int number = COUNTER.incrementAndGet();
        RpmBuilder builder = RpmBuilder.source().spec("the.spec", "Name: x\n").compressor(compressor);
        files.forEach((name, content) -> builder.item(name, RpmBuilder.REGULAR, 0, content));
        Path srpm = builder.write(temp.resolve(number + ".src.rpm"));

        UnpackedSource unpacked = SourceUnpacker.unpack(srpm, temp.resolve("top" + number));

        assertThat(unpacked.specFile()).hasContent("Name: x\n");
        assertThat(contents(unpacked.topdir().resolve("SOURCES"))).isEqualTo(hexed(files));
    }

    @Provide
    Arbitrary<Map<String, byte[]>> contents() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars(" .-_+~%\\:'\"$")
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(name -> !name.equals(".") && !name.equals("..") && !name.equals("the.spec"));
        Arbitrary<byte[]> contents =
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(5000);
        return Arbitraries.maps(names, contents).ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> compressors() {
        return Arbitraries.of("gzip", "xz", "lzma", "zstd", "bzip2", "none");
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                found.put(path.getFileName().toString(), RpmBuilder.hex("SHA-256", Files.readAllBytes(path)));
            }
        }
        return found;
    }

    private static Map<String, String> hexed(Map<String, byte[]> files) {
        Map<String, String> hexed = new TreeMap<>();
        files.forEach((name, content) -> hexed.put(name, RpmBuilder.hex("SHA-256", content)));
        return hexed;
    }
}
