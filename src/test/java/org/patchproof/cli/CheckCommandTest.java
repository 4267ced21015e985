package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person gets who makes a mistake; that patches are really tried is for PatchCheckIT. */
class CheckCommandTest {
    private static final String SOUND = """
            From: A Developer <a@example.org>
            Subject: [PATCH] x: add b
            ---
            --- a/x.c
            +++ b/x.c
            @@ -1,2 +1,3 @@ int main(void)
             	a();
            +	b();
             	c();
            """;

    @TempDir
    Path dir;

    private CommandBench bench;

    @BeforeEach
    void files() throws IOException {
        bench = new CommandBench(
                Screen.Kind.PIPE, Map.of("XDG_CACHE_HOME", dir.resolve("cache").toString()));
        Files.writeString(dir.resolve("sound.patch"), SOUND);
        Files.createDirectories(dir.resolve("other"));
        Files.writeString(dir.resolve("other/sound.patch"), SOUND);
        Files.writeString(dir.resolve("text.patch"), "no patch at all\n");
        Files.writeString(dir.resolve("crlf.patch"), SOUND.replace("\n", "\r\n"));
        Files.writeString(dir.resolve("damaged.patch"), SOUND.replace(" \ta();", "a();"));
        Files.writeString(dir.resolve("counts.patch"), SOUND.replace("-1,2", "-1,4"));
        Files.writeString(dir.resolve("outside.patch"), SOUND.replace("/x.c", "/../../etc/passwd"));
        Files.writeString(dir.resolve("twice.patch"), SOUND + SOUND.substring(SOUND.indexOf("--- a/")));
        Files.writeString(dir.resolve("rename.patch"), SOUND.replace("--- a/x.c", "--- a/y.c"));
        Files.writeString(dir.resolve("no.src.rpm"), "not an rpm");
        Files.createDirectories(dir.resolve("empty/specs/kernels"));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("", "Missing required parameter: 'PATCH'"),
                arguments("nowhere.patch", "nowhere.patch: no such file|Name patch files"),
                arguments("other", "other: is no regular file"),
                arguments("text.patch", "text.patch:1:1: error: no hunk in this file|give a unified diff"),
                arguments("crlf.patch --srpm no.src.rpm", "crlf.patch:1:34: error: this and 8 more lines end in CR LF"),
                arguments(
                        "damaged.patch",
                        "damaged.patch:7:1: error: white space was damaged|no kernel has its source here|--repair DIR"),
                arguments("counts.patch --srpm no.src.rpm", "counts.patch:6:1: error: the header counts 4 old and 3"),
                arguments("outside.patch", "outside.patch:4:5: error: the path '../../etc/passwd' has the part '..'"),
                arguments("twice.patch --srpm no.src.rpm", "twice.patch:10:5: error: x.c is already patched at line 4"),
                arguments("rename.patch --srpm no.src.rpm", "the old name is y.c, the new one x.c|--no-renames"),
                arguments("sound.patch --kernel fake-1", "there is no kernel \"fake-1\"|Did you mean \"fake-1.0\""),
                arguments(
                        "sound.patch --kernel el7-fake",
                        "el7-fake needs kernel-1.0-1.el7.src.rpm|--srpm el7-fake=PATH"),
                arguments(
                        "sound.patch --kernel fake-1.0",
                        "there is no /usr/src/linux-source-1.0.tar.xz|apt-get install"),
                arguments("sound.patch", "no kernel has its source here|fake-1.0 is left out: there is no"),
                arguments("sound.patch --srpm gone.src.rpm", "gone.src.rpm: no such file|Name a source RPM"),
                arguments("sound.patch --srpm no.src.rpm", "no.src.rpm: not an RPM file"),
                arguments("sound.patch --srpm nokernel=no.src.rpm", "for \"nokernel\", which is not tried"),
                arguments(
                        "sound.patch other/sound.patch --srpm no.src.rpm", "two patches named sound.patch; rename one"),
                arguments(
                        "sound.patch --release",
                        "error: no 'Signed-off-by: Name <mail>' above the diff|commit --amend -s"),
                arguments("sound.patch --jobs 0", "jobs: 0|--jobs 4"),
                arguments("sound.patch --kernl x", "there is no option '--kernl'|--kernel"),
                arguments("sound.patch -C empty", "specs/kernels has no kernel|--srpm PATH"),
                arguments("sound.patch -C other", "has no folder specs/"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeHasItsMessageAndRemedyAndLeavesNothingBehind(String line, String expected) {
        List<String> args = new ArrayList<>(List.of("check"));
        Arrays.stream(line.split(" "))
                .filter(w -> !w.isEmpty())
                .map(this::placed)
                .forEach(args::add);
        if (!args.contains("-C")) {
            args.addAll(List.of("-C", CommandBench.WORKSPACE));
        }
        assertThat(bench.run(args.toArray(String[]::new))).as(line).isEqualTo(2);
        assertThat(bench.err()).contains(expected.split("\\|")).doesNotContain("\tat ", "mistake in patchproof");
        assertThat(bench.out()).isEmpty();
        assertThat(dir.resolve("cache/check"))
                .satisfiesAnyOf(
                        d -> assertThat(d).doesNotExist(),
                        d -> assertThat(d).isDirectoryNotContaining("glob:**scratch*"));
    }

    private String placed(String word) {
        boolean file = word.matches(".*(\\.patch|\\.rpm)") && !word.contains("=") || word.matches("other|empty");
        return file ? dir.resolve(word).toString() : word.replace("=no", "=" + dir.resolve("no"));
    }

    @Test
    void theHelpTeaches() {
        assertThat(bench.run("check", "--help")).isZero();
        assertThat(bench.out()).contains("Exit codes: 0 all apply", "--repair", "Examples:");
    }
}
