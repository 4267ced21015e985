package org.patchproof.srpm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoiled packages, a few thousand each time and always the same. For many more, other ones:
 * {@code -Dmutations=1000000 -Dmutations.seed=7}.
 */
class MutatedRpmTest {
    private static final long SLOW_NANOS = 20_000_000_000L;

    @TempDir
    Path temp;

    @Test
    void aSpoiledPackageIsRefusedOrUnpackedWholeAndNothingElseHappens() throws IOException {
        long count = Long.getLong("mutations", 4000);
        long seed = Long.getLong("mutations.seed", 1);
        Mutations mutations = new Mutations(seed);
        Path rpm = temp.resolve("spoiled.rpm");
        Map<String, Long> ends = new TreeMap<>();
        for (long i = 0; i < count; i++) {
            Files.write(rpm, mutations.next(), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
            long begun = System.nanoTime();
            try {
                ends.merge(end(rpm), 1L, Long::sum);
            } catch (RuntimeException | IOException | Error e) {
                throw new AssertionError("mutation " + i + " of seed " + seed + ", kept as " + keep(rpm), e);
            }
            assertThat(System.nanoTime() - begun)
                    .as("mutation %d of seed %d", i, seed)
                    .isLessThan(SLOW_NANOS);
        }
        System.out.println(count + " spoiled packages of seed " + seed + ": " + ends);
        assertThat(ends.keySet()).as("all ways it can end are tried").contains("refused", "unpacked");
    }

    /** In which way a package ended; anything but these two ways is thrown. */
    private String end(Path rpm) throws IOException {
        Path top = temp.resolve("top");
        String read = read(rpm);
        try {
            UnpackedSource unpacked = SourceUnpacker.unpack(rpm, top);
            assertThat(read).isEqualTo("read");
            assertThat(names(top))
                    .allMatch(List.of("BUILD", "BUILDROOT", "RPMS", "SOURCES", "SPECS", "SRPMS")::contains);
            assertThat(unpacked.specFile()).isRegularFile().hasParent(top.resolve("SPECS"));
            assertThat(unpacked.files().stream().filter(f -> !f.isGhost()).count())
                    .isEqualTo(names(top.resolve("SOURCES")).size() + 1L);
            assertThat(names(temp)).containsExactlyInAnyOrder("spoiled.rpm", "top");
            Trees.remove(top);
            return "unpacked";
        } catch (RpmFormatException e) {
            assertThat(names(temp)).containsExactly("spoiled.rpm");
            assertThat(e.getMessage()).startsWith(rpm + ": ").endsWith(".").doesNotContain("\u001b", "\n");
            return "refused";
        }
    }

    private static String read(Path rpm) throws IOException {
        try {
            RpmFile.read(rpm);
            return "read";
        } catch (RpmFormatException e) {
            return "refused";
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(p -> p.getFileName().toString()).toList();
        }
    }

    private static Path keep(Path rpm) throws IOException {
        Path kept = Path.of("target", "spoiled.rpm");
        Files.write(kept, Files.readAllBytes(rpm));
        return kept;
    }
}
