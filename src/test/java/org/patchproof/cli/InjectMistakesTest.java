package org.patchproof.cli;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person gets who makes a mistake with {@code inject}: what is wrong, where, and what to do. */
class InjectMistakesTest {
    private static final Path FIXTURES = Path.of("src/test/resources/specfile");
    private static final Path FIX = Path.of("src/test/resources/stub/fix.patch");

    @TempDir
    Path folder;

    private final CommandBench bench = new CommandBench();

    @BeforeEach
    void setUp() throws IOException {
        for (String fixture : List.of("el7", "el9", "fedora32", "qubes")) {
            Files.createDirectories(folder.resolve(fixture));
            Files.copy(
                    FIXTURES.resolve(fixture).resolve("kernel.spec"),
                    folder.resolve(fixture).resolve("kernel.spec"));
        }
        Files.createDirectory(folder.resolve("SOURCES"));
        Files.copy(FIX, folder.resolve("fix.patch"));
        Files.copy(FIX, folder.resolve("fix+more.patch"));
        Files.copy(FIX, folder.resolve("SOURCES/mine.patch"));
        Files.writeString(folder.resolve("SOURCES/fix.patch"), "somebody else's\n");
        Files.writeString(folder.resolve("note.patch"), "no patch at all\n");
        Files.writeString(folder.resolve("crlf.patch"), Files.readString(FIX).replace("\n", "\r\n"));
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large.spec").toFile(), "rw")) {
            large.setLength((32 << 20) + 1);
        }
        Files.writeString(folder.resolve("noprep.spec"), "Name: kernel\nVersion: 1\nRelease: 1\n%install\n");
        String el7 = Files.readString(folder.resolve("el7/kernel.spec"));
        Files.writeString(folder.resolve("crlf.spec"), el7.replace("\n", "\r\n"));
        Files.writeString(
                folder.resolve("begun.spec"), el7.replace("%prep", "# patchproof: begin series sha256:0\n%prep"));
        Files.createSymbolicLink(folder.resolve("dangling.spec"), Path.of("nowhere.spec"));
        Files.write(folder.resolve("packed.patch"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
        Files.write(folder.resolve("wide.patch"), ("\ufeff" + Files.readString(FIX)).getBytes(UTF_16LE));
        String qubes = Files.readString(folder.resolve("qubes/kernel.spec"));
        Files.writeString(folder.resolve("included.spec"), qubes.replace("Patch0:", "%include more.inc\nPatch0:"));
        Files.writeString(folder.resolve("open.spec"), qubes.replace("%prep", "%if 1\n%prep"));
    }

    private static Arguments row(String args, String... words) {
        return Arguments.of(args, List.of(words));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                row("", "Missing required parameter", "SPECFILE", "inject --help"),
                row("el7/kernel.spec", "Missing required parameter", "PATCH"),
                row("nothere.spec fix.patch", "nothere.spec: no such file", "Name a spec file."),
                row("el7 fix.patch", "el7: is no regular file", "Name a spec file."),
                row("large.spec fix.patch", "is larger than 32 MiB"),
                row("el7/kernel.spec nothere.patch", "nothere.patch: no such file", "in the order"),
                row("el7/kernel.spec note.patch", "note.patch:"),
                row("el7/kernel.spec fix.patch fix.patch", "two patches named fix.patch", "side by side"),
                row("el7/kernel.spec fix+more.patch", "fix+more.patch", "rename it", "fix-more.patch"),
                row("noprep.spec fix.patch", "refused: the spec has no %prep line", "the kernel package's own spec"),
                row("crlf.spec fix.patch", "refused: the lines of the spec end in CR LF", "dos2unix"),
                row("begun.spec fix.patch", "'# patchproof: end'", "taken out", "put that line back"),
                row("el7/kernel.spec packed.patch", "packed.patch", "compressed by gzip", "gunzip"),
                row("el7/kernel.spec wide.patch", "wide.patch", "is UTF-16 text", "iconv -f UTF-16"),
                row(
                        "el7/kernel.spec fix.patch -o dangling.spec",
                        "a link to what is not there",
                        "Name the file itself"),
                row("open.spec fix.patch", "refused: %prep stands inside an %if (line 18)", "unconditional %prep"),
                row("included.spec fix.patch", "refused: line 12 includes a file", "put more.inc beside the spec"),
                row("el7/kernel.spec fix.patch -o el7/renamed.spec", "named renamed.spec", "name the file kernel.spec"),
                row("el7/kernel.spec fix.patch -o el7", "el7: is a folder", "-o "),
                row("el7/kernel.spec fix.patch -o nothere/kernel.spec", "nothere: no such folder", "Make it first."),
                row("el7/kernel.spec fix.patch --suffix -x", "release suffix '-x'", "--suffix .refleak"),
                row("el7/kernel.spec fix.patch --sources nothere", "nothere: is no folder", "SOURCES"),
                row("el7/kernel.spec fix.patch --sources SOURCES", "is there already, and is another file", "Rename"),
                row(
                        "el9/kernel.spec SOURCES/mine.patch --sources SOURCES",
                        "its original would be lost",
                        "another folder"),
                row("el7/kernel.spec fix.patch --changelog x", "needs its author", "--author"),
                row("el7/kernel.spec fix.patch --author x", "are for a changelog entry", "--changelog"),
                row("el7/kernel.spec fix.patch --changelog x --author y --date 2026-13-01", "is no date", "2026-11-24"),
                row(
                        "el7/kernel.spec fix.patch --changelog x --author y --date 2001-01-01",
                        "newest changelog entry is of 2020-03-04",
                        "2020-03-04 or later"),
                row("el7/kernel.spec fix.patch --sufix .x", "there is no option '--sufix'", "Did you mean --suffix"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void mistakes(String args, List<String> words) throws IOException {
        List<String> before = files();
        assertThat(bench.run(located(args))).isEqualTo(2);
        assertThat(bench.err()).contains(words).doesNotContain("\tat ", "mistake in patchproof");
        assertThat(bench.out()).isEmpty();
        assertThat(files()).as("what lies in the folder").isEqualTo(before);
    }

    @Test
    void sourcesGetsThePatchInTheFormThatTheSpecApplies() throws IOException {
        Files.delete(folder.resolve("SOURCES/fix.patch"));
        String spec = folder.resolve("fedora32/kernel.spec").toString();
        String sources = folder.resolve("SOURCES").toString();
        String patch = folder.resolve("fix.patch").toString();
        for (int times = 0; times < 2; times++) {
            assertThat(bench.run("inject", spec, patch, "-o", spec, "--sources", sources))
                    .isZero();
        }
        assertThat(bench.err()).contains("in this spec already");
        // git am wants the mail
        assertThat(folder.resolve("SOURCES/fix.patch")).hasSameBinaryContentAs(FIX);
        assertThat(folder.resolve("SOURCES")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aLinkToTheSpecStaysOne() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.spec"), Path.of("el7/kernel.spec"));
        Path spec = folder.resolve("el7/kernel.spec");
        assertThat(bench.run("inject", spec.toString(), FIX.toString(), "-o", link.toString()))
                .isEqualTo(2); // its listing check wants the spec's own name
        Files.createDirectory(folder.resolve("links"));
        Path same = Files.createSymbolicLink(folder.resolve("links/kernel.spec"), spec);
        assertThat(bench.run("inject", spec.toString(), FIX.toString(), "-o", same.toString()))
                .isZero();
        assertThat(same).isSymbolicLink();
        assertThat(spec).content().contains("ApplyPatch fix.patch");
        assertThat(bench.err()).contains("kernel.spec is a link, and stays one");
    }

    @Test
    void aPlainDiffIsWrittenPlain() throws IOException {
        Files.delete(folder.resolve("SOURCES/fix.patch"));
        String spec = folder.resolve("el9/kernel.spec").toString();
        String sources = folder.resolve("SOURCES").toString();
        assertThat(bench.run("inject", spec, folder.resolve("fix.patch").toString(), "-o", spec, "--sources", sources))
                .isZero();
        assertThat(Files.readString(folder.resolve("SOURCES/fix.patch"))).startsWith("--- a/net/ipv4/route.c\n+++ b/");
    }

    @Test
    void aChangelogEntryGoesOnTop() throws IOException {
        String spec = folder.resolve("el7/kernel.spec").toString();
        assertThat(bench.run(
                        "inject",
                        spec,
                        FIX.toString(),
                        "--diff",
                        "--changelog",
                        "100% fixed",
                        "--author",
                        "A B <a@example.com>",
                        "--date",
                        "2026-11-24"))
                .isZero();
        assertThat(bench.out())
                .containsSubsequence(
                        " %changelog\n",
                        "+* Tue Nov 24 2026 A B <a@example.com>\n", "+- 100%% fixed\n", " * Wed Mar 04 2020");
    }

    /** {@code args} with the names of files as they lie in the folder. */
    private String[] located(String args) {
        Stream<String> words = Arrays.stream(args.split(" "))
                .filter(w -> !w.isEmpty())
                .map(w -> w.matches("[a-zA-Z].*") && w.matches(".*(?:/|\\.patch|\\.spec|^el7$|^nothere$|^SOURCES$).*")
                        ? folder.resolve(w).toString()
                        : w);
        return Stream.concat(Stream.of("inject"), words).toArray(String[]::new);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(p -> p + " " + p.toFile().length()).sorted().toList();
        }
    }
}
