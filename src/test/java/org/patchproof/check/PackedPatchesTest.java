package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.patch.ApplyRule;
import org.patchproof.specfile.SeriesPlan;
import org.patchproof.specfile.SpecFile;

/** What a hostile package may make it read. */
class PackedPatchesTest {
    @TempDir
    Path dir;

    private void pack(String name) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(dir.resolve(name)))) {
            out.write("x\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void allTogetherMayNotHaveMoreInThem() throws IOException {
        Set<String> names = Set.of("a.patch.gz", "b.patch.gz", "c.patch.gz", "d.patch.gz");
        for (String name : names) {
            pack(name);
        }
        Blobs.Putting blobs = new Blobs.Putting(new Blobs(dir.resolve("blobs")), dir);
        SpecFile spec = SpecFile.parse("k.spec", "%prep\n".getBytes(StandardCharsets.UTF_8));
        PackedParts parts = new PackedPatches(dir, dir.resolve("t.tar"), blobs, 5000).look(spec, names, Set.of("x.c"));
        assertThat(parts.troubles())
                .extracting(PackedParts.Trouble::what)
                .containsExactly("c.patch.gz has more than 1000 bytes in it", "d.patch.gz has more than 0 bytes in it");
    }

    @Test
    void aSeriesHasNotManyTarballs() throws IOException {
        Files.writeString(dir.resolve("series.conf"), "");
        List<String> tarballs =
                IntStream.rangeClosed(1, 51).mapToObj(i -> i + ".tar").toList();
        SeriesPlan plan = new SeriesPlan("series.conf", tarballs, ApplyRule.gnuPatch(0), true, Optional.empty());
        SeriesTarballs series = new SeriesTarballs(plan, dir, Set.of("x.c"));
        assertThat(series.changes(Set.of("series.conf"), dir.resolve("t.tar"))).isEmpty();
        assertThat(series.troubles()).containsExactly("series.conf is for 51 tarballs, more than 50");
    }
}
