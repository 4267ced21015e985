package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.DevRepo;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeWorkspace;

/** Imports, with the real git as the judge of the mails and the real tools to carry over to a kernel. */
class ImportIT {
    private static final Path ROUTE = Path.of("src/test/resources/fakekernel/tree/net/ipv4/route.c");

    @TempDir
    Path dir;

    private CommandBench bench;

    @BeforeEach
    void bench() {
        bench = new CommandBench(
                Screen.Kind.PIPE, Map.of("XDG_CACHE_HOME", dir.resolve("cache").toString()));
    }

    private static String git(Path home, String... words) {
        java.util.List<String> argv = new java.util.ArrayList<>(java.util.List.of("git", "-C", home.toString()));
        argv.addAll(java.util.List.of(words));
        return new LeashedRunner()
                .run(Command.of(argv).with(Map.of("GIT_COMMITTER_NAME", "c", "GIT_COMMITTER_EMAIL", "c@example.org")))
                .orThrow()
                .output()
                .strip();
    }

    @Test
    void gitAmMakesTheSameCommitsOfThem() throws Exception {
        Path home = dir.resolve("repo");
        try (DevRepo repo = DevRepo.at(home)) {
            repo.write("x.c", "one();\ntwo();\nthree();\n").commit("root");
            repo.edit("x.c", "two();", "2();")
                    .write("niew.c", "int n;")
                    .commit("x: zwei \u2014 f\u00fcr alle\n\nA body.\n\nSigned-off-by: \u00c4 <a@example.org>\n");
            Files.delete(home.resolve("niew.c"));
            repo.commit("x: away with it");
        }
        String out = dir.resolve("out").toString();
        assertThat(bench.run("import", home.toString(), "main~2..", "-o", out)).isZero();
        git(home, "checkout", "-q", "-b", "again", "main~2");
        git(home, "am", "-q", out + "/0001-x-zwei-f-r-alle.patch", out + "/0002-x-away-with-it.patch");
        assertThat(git(home, "rev-parse", "again^{tree}")).isEqualTo(git(home, "rev-parse", "main^{tree}"));
        String format = "--format=%an%n%ae%n%aI%n%B";
        assertThat(git(home, "log", format, "main~2..again")).isEqualTo(git(home, "log", format, "main~2..main"));
    }

    @Test
    void messagesAndAuthorsAreTheSameAgain() throws Exception {
        List<String> messages = List.of(
                "x: a\n\nFrom: Other <o@example.org>\n\nMore.",
                "x: b\n\nDate: never\nSubject: other",
                "x: c\n\n[PATCH] another subject\n\nSigned-off-by: A <a@example.org>",
                "x: d\n\n    code();\n  more();\n\nText.",
                "x: e =?utf-8?q?x?= and so on and so on, longer than a word \u00fc may be by far\n\nBody =?utf-8?q?x?=",
                "x: f\n\n----\n---x\n --- y",
                "x: g\n\n--\nsignature\n--\n2.39",
                "x: h\n\nfrom: o\n\nFrom here on: 12 of 13.");
        List<String> names = List.of(
                "A \" B",
                "Z \"A\" B",
                "A \\ B \u00fc \"C",
                "A (at work)",
                "A, B",
                "=?utf-8?q?x?= \"y",
                "O'N",
                "A: [B]");
        Path home = dir.resolve("repo");
        try (DevRepo repo = DevRepo.at(home)) {
            repo.write("x.c", "0;\n").commit("root");
            for (int i = 0; i < messages.size(); i++) {
                repo.write("x.c", i + 1 + ";\n").commit(messages.get(i), names.get(i));
            }
        }
        Path out = dir.resolve("out");
        String range = "main~" + messages.size() + "..";
        assertThat(bench.run("import", home.toString(), range, "-o", out.toString()))
                .as(bench.err())
                .isZero();
        assertThat(bench.out()).doesNotContain("git am");
        git(home, "checkout", "-q", "-b", "again", "main~" + messages.size());
        try (var patches = Files.list(out)) {
            for (Path patch : patches.sorted().toList()) {
                git(home, "am", "-q", patch.toString());
            }
        }
        String format = "--format=%an%n%ae%n%aI%n%B";
        assertThat(git(home, "log", format, "main~" + messages.size() + "..again"))
                .isEqualTo(git(home, "log", format, range + "main"));
    }

    /** Each line stands once in the file, so that there is one shortest diff, whatever finds it. */
    @Test
    void hunksAreTheBytesThatGitWrites() throws Exception {
        Path home = dir.resolve("repo");
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            lines.add(line(random, i));
        }
        try (DevRepo repo = DevRepo.at(home)) {
            repo.write("x.c", String.join("\n", lines) + "\n").commit("root");
            for (int commit = 1; commit <= 30; commit++) {
                for (int edit = 0; edit < 4; edit++) {
                    int at = random.nextInt(lines.size());
                    if (random.nextInt(3) > 0) {
                        lines.remove(at);
                    }
                    if (random.nextInt(3) > 0) {
                        lines.add(at, line(random, 1000 * commit + edit));
                    }
                }
                String end = random.nextInt(4) == 0 ? "" : "\n";
                repo.write("x.c", "first line " + commit + "\n" + String.join("\n", lines) + end)
                        .commit("x: change " + commit);
            }
        }
        String out = dir.resolve("out").toString();
        assertThat(bench.run("import", home.toString(), "main~30..", "-o", out)).isZero();
        String theirs = dir.resolve("theirs").toString();
        git(home, "format-patch", "-q", "-o", theirs, "main~30..");
        for (int commit = 1; commit <= 30; commit++) {
            String name = String.format("/%04d-x-change-%d.patch", commit, commit);
            String hunks = hunks(Path.of(theirs + name));
            assertThat(hunks).contains("@@ -");
            assertThat(hunks(Path.of(out + name))).as(name).isEqualTo(hunks);
        }
    }

    private static String line(Random random, int number) {
        return switch (random.nextInt(9)) {
            case 0 -> "static int f" + number + "(struct s *s) \t ";
            case 1 -> "_f" + number + "(" + "\u00fc".repeat(60) + ")";
            case 2 -> "$f" + number + " ".repeat(90) + "x";
            case 3 -> "out" + number + ":";
            case 4 -> "\u00fc" + number;
            case 5 -> "#if " + number;
            default -> "\tx(" + number + ");";
        };
    }

    private static String hunks(Path patch) throws Exception {
        String text = Files.readString(patch, StandardCharsets.ISO_8859_1);
        String diff = text.substring(text.indexOf("\ndiff --git "), text.lastIndexOf("\n-- \n"));
        return diff.replaceAll("\nindex .*", "");
    }

    @Test
    void aCommitIsCarriedOverToAKernelsSourceAndApplies() throws Exception {
        FakeWorkspace.make(dir.resolve("workspace"));
        Path home = dir.resolve("repo");
        try (DevRepo repo = DevRepo.at(home)) {
            String upstream =
                    "/* upstream has more */\n\n" + Files.readString(ROUTE).replace("routes;", "routes; /* all */");
            repo.write("README", "up\n").commit("root");
            repo.write("net/ipv4/route.c", upstream).commit("route: begin");
            repo.edit("net/ipv4/route.c", "r->users = 0;", "r->users = 0;\n\tr->key = 0;")
                    .commit("route: forget the key\n\nSo that nobody uses it again.\n");
        }
        String workspace = dir.resolve("workspace").toString();
        Path out = dir.resolve("out");
        int code = bench.run(
                "import", home.toString(), "main", "-o", out.toString(), "--kernel", "fake-1.0", "-C", workspace);
        assertThat(code).as(bench.err()).isZero();
        assertThat(bench.out()).contains("0001-route-forget-the-key.patch", "applies at line");
        assertThat(Files.readString(out.resolve("0001-route-forget-the-key.patch")))
                .containsPattern("@@ -[0-9,]+ \\+[0-9,]+ @@ [a-z]");
        assertThat(Files.readString(out.resolve("0001-route-forget-the-key.patch")))
                .contains("+\tr->key = 0;", "(cherry picked from commit ");
        assertThat(bench.run(
                        "check", out.resolve("0001-route-forget-the-key.patch").toString(), "-C", workspace))
                .isZero();
    }

    @Test
    void aConflictIsShownAndNothingIsWritten() throws Exception {
        FakeWorkspace.make(dir.resolve("workspace"));
        Path home = dir.resolve("repo");
        try (DevRepo repo = DevRepo.at(home)) {
            repo.write("README", "up\n").commit("root");
            repo.write("net/ipv4/route.c", Files.readString(ROUTE)).commit("route: begin");
            repo.edit("net/ipv4/route.c", "r->users = 0;", "r->owners = 0;").commit("route: rename");
            repo.edit("net/ipv4/route.c", "r->owners = 0;", "r->owners = -1;").commit("route: owners");
        }
        int code = bench.run(
                "import",
                home.toString(),
                "main",
                "-o",
                dir.resolve("out").toString(),
                "--kernel",
                "fake-1.0",
                "-C",
                dir.resolve("workspace").toString());
        assertThat(code).isEqualTo(1);
        assertThat(bench.out())
                .contains(
                        "conflicts with fake-1.0 in net/ipv4/route.c", "<<<<<<< fake-1.0", "r->users = 0;", ">>>>>>>");
        assertThat(dir.resolve("out")).doesNotExist();
        hideAPatch();
        assertThat(bench.run(
                        "import",
                        home.toString(),
                        "main",
                        "-o",
                        dir.resolve("out").toString(),
                        "--kernel",
                        "fake-1.0",
                        "-C",
                        dir.resolve("workspace").toString()))
                .as("the hidden patch may have made it fit")
                .isEqualTo(3);
        assertThat(bench.out()).contains("./unwrap %{SOURCE50}", "conflicts with");
    }

    /** Has the kernel's spec apply what cannot be looked into. */
    private void hideAPatch() throws Exception {
        String spec = FakeKernel.spec()
                .replace("Patch999999:", "Source50: patch-1.xz\nPatch999999:")
                .replace("ApplyOptionalPatch linux", "./unwrap %{SOURCE50} | patch -p1\nApplyOptionalPatch linux");
        Path srpm = FakeKernel.srpm(dir.resolve("hidden"), spec, Map.of("patch-1.xz", "packed"));
        Files.copy(
                srpm, dir.resolve("workspace/srpms").resolve(srpm.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
}
