package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class SeekingPickTest {
    private static final Comparator<String> BY_FOLDER = Comparator.comparing(name -> name.replace('/', '\0'));

    @TempDir
    Path dir;

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String folder : List.of("arch", "net", "net/ipv4", "net/ipv4/deep", "net/ipv4-more", "zlib")) {
            for (int i = 0; i < 20; i++) {
                names.add(folder + "/file" + i + ".c");
            }
        }
        return names;
    }

    private static byte[] content(String name) {
        byte[] bytes = new byte[name.hashCode() & 0xfff];
        new Random(name.hashCode()).nextBytes(bytes);
        return bytes;
    }

    /** A tarball whose blocks end where they happen to end: in the middle of files. */
    private Path tarball(List<String> names, int block) throws IOException {
        Path tar = dir.resolve("linux.tar");
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
            for (String name : names) {
                TarArchiveEntry entry = new TarArchiveEntry("linux-1/" + name);
                entry.setSize(content(name).length);
                out.putArchiveEntry(entry);
                out.write(content(name));
                out.closeArchiveEntry();
            }
        }
        byte[] bytes = Files.readAllBytes(tar);
        Path file = dir.resolve("linux.tar.xz");
        try (XZOutputStream out = new XZOutputStream(Files.newOutputStream(file), new LZMA2Options(1))) {
            for (int at = 0; at < bytes.length; at += block) {
                out.write(bytes, at, Math.min(block, bytes.length - at));
                out.endBlock();
            }
        }
        return file;
    }

    private static Optional<Map<String, byte[]>> find(Path tarball, String... paths) {
        return SeekingPick.find(tarball, "linux-1/", new TreeSet<>(List.of(paths)));
    }

    @Test
    void everyFileIsFoundInEitherOrderWhereverTheBlocksEnd() throws IOException {
        for (Comparator<String> order : List.of(BY_FOLDER, Comparator.<String>naturalOrder())) {
            for (int block : List.of(512, 4096, 7 * 512, 16384)) {
                List<String> names = names();
                names.sort(order);
                Path tarball = tarball(names, block);
                for (String name : names) {
                    assertThat(find(tarball, name))
                            .as(name)
                            .hasValueSatisfying(
                                    found -> assertThat(found.get(name)).isEqualTo(content(name)));
                }
            }
        }
        assertThat(find(dir.resolve("linux.tar.xz"), "net/file1.c", "zlib/file9.c")
                        .orElseThrow())
                .containsOnlyKeys("net/file1.c", "zlib/file9.c");
    }

    @Test
    void whatIsNotThereOrInNoOrderIsLeftToTheFullPass() throws IOException {
        List<String> names = names();
        names.sort(BY_FOLDER);
        Path tarball = tarball(names, 4096);
        assertThat(find(tarball, "net/nofile.c")).isEmpty();
        assertThat(find(tarball, "net/file1.c", "aaa.c")).isEmpty();
        Collections.shuffle(names, new Random(7));
        Path shuffled = tarball(names, 4096);
        for (String name : names) {
            find(shuffled, name).ifPresent(found -> assertThat(found.get(name)).isEqualTo(content(name)));
        }
    }

    @Test
    void whatWasPutBehindAWholeTarballIsLeftToTheFullPass() throws IOException {
        List<String> names = names();
        names.sort(BY_FOLDER);
        names.add("net/file1.c");
        Path tarball = tarball(names, 16384);
        assertThat(find(tarball, "net/file1.c")).isEmpty();
        assertThat(find(tarball, "net/file2.c")).isPresent();
    }

    @Test
    void whatIsNoXzOrCutShortIsLeftToo() throws IOException {
        List<String> names = names();
        names.sort(BY_FOLDER);
        Path tarball = tarball(names, 4096);
        byte[] bytes = Files.readAllBytes(tarball);
        Files.write(tarball, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(find(tarball, "net/file1.c")).isEmpty();
        Files.write(tarball, "not xz".getBytes(StandardCharsets.UTF_8));
        assertThat(find(tarball, "net/file1.c")).isEmpty();
        assertThat(find(dir.resolve("nowhere"), "net/file1.c")).isEmpty();
    }
}
