package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.patchproof.testing.DevRepo;

class ImportCommandTest {
    @TempDir
    Path dir;

    private CommandBench bench;
    private String last;

    @BeforeEach
    void repository() throws Exception {
        bench = new CommandBench(
                Screen.Kind.PIPE, Map.of("XDG_CACHE_HOME", dir.resolve("cache").toString()));
        try (DevRepo repo = DevRepo.at(dir.resolve("repo"))) {
            String root = repo.write("x.c", "one();\ntwo();\nthree();\n").commit("root");
            repo.edit("x.c", "two();", "2();").commit("x: two");
            repo.branch("side", root).write("y.c", "why();\n").commit("y: add");
            repo.checkout("main");
            repo.merge("side");
            last = repo.edit("x.c", "three();", "3();").commit("x: three");
            Files.createSymbolicLink(repo.home().resolve("link"), Path.of("x.c"));
            repo.commit("a link");
        }
        Files.createDirectories(dir.resolve("plain"));
        Files.writeString(dir.resolve("file"), "");
        Files.createDirectories(dir.resolve("full"));
        Files.writeString(dir.resolve("full/0001-x-three.patch"), "mine");
    }

    @Test
    void aCommitThatTakesAFixOutIsWarnedOf() throws Exception {
        String root;
        try (DevRepo repo = DevRepo.at(dir.resolve("reverted"))) {
            root = repo.write("x.c", "one();\ntwo();\nthree();\n").commit("root");
            repo.edit("x.c", "two();", "two();\n\tdrop_reference(dev);").commit("x: fix");
            repo.edit("x.c", "\tdrop_reference(dev);\n", "").commit("x: take it out again");
        }
        String repo = dir.resolve("reverted").toString();
        assertThat(bench.run(
                        "import",
                        repo,
                        root + "..main",
                        "-o",
                        dir.resolve("both").toString()))
                .isZero();
        assertThat(bench.out())
                .contains("warning: it takes out of x.c the fix that 0001-x-fix.patch puts in", "never ship it");
        assertThat(bench.run(
                        "import",
                        repo,
                        root + "..main",
                        "-o",
                        dir.resolve("json").toString(),
                        "--json"))
                .isZero();
        String json = bench.out().substring(bench.out().indexOf('{'));
        assertThat(new ObjectMapper().readTree(json).at("/findings/0/kind").asText())
                .isEqualTo("REMOVES_FIX");
        CommandBench other = new CommandBench();
        assertThat(other.run(
                        "import",
                        repo,
                        root + "..main~1",
                        "-o",
                        dir.resolve("fix").toString()))
                .isZero();
        assertThat(other.out()).doesNotContain("warning");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("", "Missing required parameters: 'REPO', 'RANGE'"),
                arguments("@repo main~1", "Missing required option: '--out=DIR'"),
                arguments("@nowhere main -o @out", "nowhere: no such folder|Name the folder of a git repository"),
                arguments("@plain main -o @out", "plain: no git repository"),
                arguments("@repo nobranch -o @out", "there is no commit nobranch|git log --oneline"),
                arguments("@repo main..nobranch -o @out", "there is no commit nobranch"),
                arguments("@repo a...b -o @out", "three dots mean two sides|Write a..b"),
                arguments("@repo ..main -o @out", "where does it begin?"),
                arguments("@repo main..main -o @out", "no commits in it|The older end comes first"),
                arguments("@repo HEAD~x -o @out", "HEAD~x: no name of a commit"),
                arguments("@repo main~2 -o @out", "is a merge of 2 commits|git log --no-merges"),
                arguments("@repo main~4 -o @out", "has no parent: it is the whole tree"),
                arguments("@repo main -o @out", "changes link, which is a symbolic link"),
                arguments("@repo main~1 -o @file", "file: is no folder"),
                arguments("@repo main~1 -o @full", "0001-x-three.patch: is there already"),
                arguments("@repo main~1 -o @out --srpm x", "--srpm is given, --kernel is not"),
                arguments("@repo main~1 -o @out --kernel fake", "there is no kernel \"fake\"|Did you mean"),
                arguments("@repo main~1 -o @out --kernel el7-fake", "el7-fake needs kernel-1.0-1.el7.src.rpm"),
                arguments("@repo main~1 -o @out --kernl x", "there is no option '--kernl'"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeHasItsMessageAndNothingIsWritten(String line, String expected) throws Exception {
        List<String> args = new ArrayList<>(List.of("import"));
        Arrays.stream(line.split(" "))
                .filter(w -> !w.isEmpty())
                .map(w -> w.startsWith("@") ? dir.resolve(w.substring(1)).toString() : w)
                .forEach(args::add);
        args.addAll(List.of("-C", CommandBench.WORKSPACE));
        assertThat(bench.run(args.toArray(String[]::new))).as(line).isEqualTo(2);
        assertThat(bench.err()).contains(expected.split("\\|")).doesNotContain("\tat ", "mistake in patchproof");
        assertThat(bench.out()).isEmpty();
        assertThat(dir.resolve("out")).doesNotExist();
        assertThat(dir.resolve("full/0001-x-three.patch")).hasContent("mine");
        try (Stream<Path> full = Files.list(dir.resolve("full"))) {
            assertThat(full).hasSize(1);
        }
    }

    @Test
    void aCommitBecomesAPatchAndJsonNamesBoth() throws Exception {
        String out = dir.resolve("out").toString();
        assertThat(bench.run("import", dir.resolve("repo").toString(), last, "-o", out, "--json"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(bench.out());
        assertThat(json.at("/written/0/commit").asText()).isEqualTo(last);
        Path patch = Path.of(json.at("/written/0/file").asText());
        assertThat(patch).isEqualTo(dir.resolve("out/0001-x-three.patch"));
        assertThat(Files.readString(patch)).startsWith("From " + last + " ").contains("-three();\n+3();\n");
    }
}
