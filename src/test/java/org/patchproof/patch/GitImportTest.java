package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.testing.DevRepo;

class GitImportTest {
    private static final String FILE = "one();\ntwo();\nthree();\nfour();\nfive();\nsix();\nseven();\neight();\n";

    @TempDir
    Path dir;

    private DevRepo repo;
    private String base;

    @BeforeEach
    void repository() throws Exception {
        repo = DevRepo.at(dir.resolve("repo"));
        repo.write("README", "A kernel.\n").commit("root");
        base = repo.write("net/x.c", FILE).commit("x: begin");
    }

    @AfterEach
    void close() {
        repo.close();
    }

    private List<CommitChange> read(String range) throws Exception {
        try (GitCommits git = GitCommits.open(repo.home())) {
            return git.read(range);
        }
    }

    @Test
    void aCommitIsAMailWithAllThatItSays() throws Exception {
        String id = repo.edit("net/x.c", "two();", "zwei();")
                .write("net/new.c", "int n;\n")
                .commit("x: count in German\n\nBecause it is f\u00fcr alle.\n\nFixes: 123456789012 (\"x: begin\")\n"
                        + "Signed-off-by: A <a@example.org>\n");
        Patch patch = CommitPatch.of(read(id).get(0), 1, 1);
        assertThat(patch.name()).isEqualTo("0001-x-count-in-German.patch");
        assertThat(patch.header().commit()).contains(id);
        assertThat(patch.header().from()).contains("J\u00fcrgen Developer <j@example.org>");
        assertThat(patch.header().date()).contains("Tue, 3 Mar 2026 10:00:00 +0100");
        assertThat(patch.header().subject()).contains("[PATCH] x: count in German");
        assertThat(new String(patch.bytes(PatchStyle.AS_GIVEN), StandardCharsets.UTF_8))
                .contains(
                        "charset=UTF-8\n",
                        "\n\nBecause it is f\u00fcr alle.\n\nFixes: 123456789012",
                        "Signed-off-by: A <a@example.org>\n---\n",
                        "diff --git a/net/new.c b/net/new.c\nnew file mode 100644\n--- /dev/null\n+++ b/net/new.c\n");
        assertThat(patch.paths()).containsExactlyInAnyOrder("net/x.c", "net/new.c");
        assertThat(PatchLint.lint(patch.name(), patch.bytes(PatchStyle.AS_GIVEN), PatchLint.Purpose.RELEASE))
                .isEmpty();
    }

    /** What a partial clone has not fetched yet; a loose object of the same name stands for it. */
    @Test
    void anObjectThatIsNotHereIsSaidWithHowToGetIt() throws Exception {
        String tip = repo.edit("net/x.c", "two();", "2();").commit("second");
        repo.config("remote", "origin", "promisor", "true");
        for (String what : List.of(tip + ":net/x.c", tip + "^{tree}", tip + "^")) {
            Path object = object(what);
            Path away = Files.move(object, dir.resolve("away"));
            assertThatThrownBy(() -> read(tip)).as(what).isInstanceOfSatisfying(ImportException.class, e -> {
                assertThat(e).hasMessageContaining("partial clone");
                assertThat(e.remedy()).contains("git show COMMIT");
            });
            Files.move(away, object);
        }
        Path parent = object(tip + "^");
        Files.delete(parent);
        assertThatThrownBy(() -> read("main~2..main")).isInstanceOf(ImportException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"---", "--- ", "--- a file", "Index: foo", "diff -u", "From abc Mon Sep 17 00:00:00 2001"})
    void aLineAtWhichGitAmEndsTheMessageIsRefused(String line) throws Exception {
        repo.edit("net/x.c", "two();", "2();").commit("x\n\nBody.\n" + line + "\nMore.\n\nFixes: 1 (\"y\")");
        assertThatThrownBy(() -> CommitPatch.of(read("main").get(0), 1, 1))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("'" + line.strip() + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "[net] x: y, 'makes ''x: y'' of its subject'",
        "Re: x, 'makes ''x'' of its subject'",
        "[a] [b]Re: : x, 'makes ''x'' of its subject'",
        "a  b, 'makes ''a b'' of its subject'",
        "x [y], ''",
        "[x, ''",
    })
    void whatGitAmTakesOffIsNoted(String subject, String note) throws Exception {
        repo.edit("net/x.c", "two();", "2();").commit(subject);
        CommitChange commit = read("main").get(0);
        assertThat(String.join("\n", CommitPatch.notes(commit)))
                .contains(note)
                .matches(n -> n.isEmpty() == note.isEmpty());
        assertThat(CommitPatch.of(commit, 1, 1).content()).contains("\nSubject: [PATCH] " + subject + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "(A)",
                "A \"",
                "'A",
                "A  B",
                "123456789 123456789 123456789 123456789 123456789 123456789 1"
            })
    void aNameThatGitAmDoesNotTakeIsNoted(String name) throws Exception {
        repo.edit("net/x.c", "two();", "2();").commit("x", name);
        assertThat(CommitPatch.notes(read("main").get(0)))
                .singleElement()
                .asString()
                .contains("another author");
    }

    @Test
    void whatIsDamagedIsSaidWithWhoShowsIt() throws Exception {
        String tip = repo.edit("net/x.c", "two();", "2();").commit("second");
        for (String what : List.of(tip + ":net/x.c", tip + "^{tree}", tip + "^", tip)) {
            Path object = object(what);
            byte[] whole = Files.readAllBytes(object);
            object.toFile().setWritable(true);
            for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
                Files.write(object, Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> read(tip))
                        .as(what + " " + length)
                        .isInstanceOfSatisfying(ImportException.class, e -> {
                            assertThat(e).hasMessageContaining("is damaged");
                            assertThat(e.remedy()).contains("git fsck");
                        });
            }
            Files.delete(object);
            assertThatThrownBy(() -> read(tip))
                    .as(what)
                    .isInstanceOfSatisfying(
                            ImportException.class, e -> assertThat(e.remedy()).contains("git fsck"));
            Files.write(object, whole);
        }
    }

    @Test
    void whatIsNoCommitIsSaid() {
        for (String what : List.of("HEAD^{tree}", "HEAD:net/x.c", "HEAD^{tree}..HEAD")) {
            assertThatThrownBy(() -> read(what))
                    .as(what)
                    .isInstanceOfSatisfying(
                            ImportException.class, e -> assertThat(e).hasMessageContaining("no commit"));
        }
    }

    @Test
    void idsOfTheOtherKindAreNotRead() throws Exception {
        repo.config("extensions", null, "objectformat", "sha256");
        assertThatThrownBy(() -> read("main")).isInstanceOfSatisfying(ImportException.class, e -> {
            assertThat(e).hasMessageContaining("SHA256");
            assertThat(e.remedy()).contains("git format-patch");
        });
    }

    @Test
    void whatJgitMeasuresOfTheFileSystemIsNotKept() throws Exception {
        read("main");
        SystemReader.getInstance().openJGitConfig(null, FS.DETECTED).save();
    }

    private Path object(String what) throws Exception {
        try (org.eclipse.jgit.lib.Repository repository = org.eclipse.jgit.storage.file.FileRepositoryBuilder.create(
                repo.home().resolve(".git").toFile())) {
            String id = repository.resolve(what).name();
            return repo.home().resolve(".git/objects/" + id.substring(0, 2) + "/" + id.substring(2));
        }
    }

    @Test
    void aRangeIsASeriesTheOldestFirst() throws Exception {
        repo.edit("net/x.c", "two();", "2();").commit("second");
        repo.edit("net/x.c", "three();", "3();").commit("third");
        assertThat(read(base + "..")).extracting(CommitChange::subject).containsExactly("second", "third");
        assertThat(read(base + "..main~1")).extracting(CommitChange::subject).containsExactly("second");
        assertThat(CommitPatch.of(read("main").get(0), 2, 2).header().subject()).contains("[PATCH 2/2] third");
    }

    @Test
    void mergesAndRootsAreRefusedWithAReason() throws Exception {
        repo.branch("side", base).edit("net/x.c", "two();", "2();").commit("on the side");
        repo.checkout("main").edit("net/x.c", "eight();", "8();").commit("on main");
        String merge = repo.merge("side");
        assertThatThrownBy(() -> read(merge))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("is a merge of 2 commits: it has no one diff")
                .satisfies(e -> assertThat(((ImportException) e).remedy()).contains("--no-merges"));
        assertThatThrownBy(() -> read(base + "..main")).hasMessageContaining("is a merge");
        assertThatThrownBy(() -> read(base + "~1")).hasMessageContaining("has no parent");
    }

    @Test
    void whatNoPatchCanCarryIsRefused() throws Exception {
        Files.createSymbolicLink(dir.resolve("repo/link"), Path.of("net/x.c"));
        repo.commit("a link");
        assertThatThrownBy(() -> read("main")).hasMessageContaining("changes link, which is a symbolic link");
        Files.delete(dir.resolve("repo/link"));
        Files.write(dir.resolve("repo/blob"), new byte[] {1, 0, 2});
        repo.commit("a blob");
        assertThatThrownBy(() -> read("main")).hasMessageContaining("changes the binary file blob");
        Files.write(dir.resolve("repo/blob"), new byte[] {1, 0, 3});
        repo.commit("the blob again");
        assertThatThrownBy(() -> read("main")).hasMessageContaining("changes the binary file blob");
        dir.resolve("repo/net/x.c").toFile().setExecutable(true);
        repo.commit("a mode");
        assertThatThrownBy(() -> read("main")).hasMessageContaining("changes the mode of net/x.c");
    }

    private static CherryPick.Picked onto(String tree, List<CommitChange> commits) {
        return CherryPick.onto("k", TreeFiles.of(Map.of("net/x.c", tree)), commits);
    }

    @Test
    void aChangeNearbyIsNoConflictAndTheCommitIsRecorded() throws Exception {
        String id = repo.edit("net/x.c", "three();", "3();").commit("x: three\n\nSigned-off-by: A <a@example.org>");
        String other = "zero();\nhalf();\n" + FILE.replace("five();", "cinq();");
        CherryPick.Picked picked = onto(other, read(id));
        assertThat(picked.conflicts()).isEmpty();
        Patch patch = CommitPatch.of(picked.commits().get(0), 1, 1);
        assertThat(patch.content())
                .contains(
                        "Signed-off-by: A <a@example.org>\n(cherry picked from commit " + id + ")\n---\n",
                        "@@ -2,7 +2,7 @@",
                        "-three();\n+3();\n",
                        " cinq();\n");
    }

    @Test
    void aChangeOfTheSameLinesIsShownFromBothSides() throws Exception {
        String id = repo.edit("net/x.c", "three();", "3();").commit("x: three");
        String later = repo.edit("net/x.c", "eight();", "8();").commit("x: eight");
        CherryPick.Picked picked = onto(FILE.replace("three();", "trois();"), read(base + ".."));
        assertThat(picked.commits()).isEmpty();
        assertThat(picked.conflicts()).singleElement().satisfies(c -> {
            assertThat(c.commit()).startsWith(id.substring(0, 12));
            assertThat(c.path()).isEqualTo("net/x.c");
            assertThat(c.shown())
                    .startsWith("line 1:\none();\ntwo();\n<<<<<<< k\ntrois();\n=======\n3();\n>>>>>>> commit "
                            + id.substring(0, 12));
        });
        assertThat(later).isNotEqualTo(id);
    }

    @Test
    void whatTheTreeHasAlreadyIsLeftOutAndTheRestGoesOn() throws Exception {
        repo.edit("net/x.c", "three();", "3();").commit("x: three");
        repo.edit("net/x.c", "eight();", "8();").commit("x: eight");
        CherryPick.Picked picked = onto(FILE.replace("three();", "3();"), read(base + ".."));
        assertThat(picked.commits()).extracting(CommitChange::subject).containsExactly("x: eight");
        assertThat(picked.notes()).singleElement().asString().contains("x: three", "k has it already");
    }

    @Test
    void aFileThatTheOtherTreeLacksOrHasOtherwiseIsAConflict() throws Exception {
        repo.write("net/new.c", "int n;\n").edit("net/x.c", "two();", "2();").commit("new");
        CherryPick.Picked lacks = CherryPick.onto("k", TreeFiles.of(Map.of()), read("main"));
        assertThat(lacks.conflicts()).extracting(CherryPick.Conflict::shown).containsExactly("k has no such file");
        CherryPick.Picked has =
                CherryPick.onto("k", TreeFiles.of(Map.of("net/new.c", "int m;\n", "net/x.c", FILE)), read("main"));
        assertThat(has.conflicts())
                .extracting(CherryPick.Conflict::shown)
                .containsExactly("the commit creates it, and k has another one");
    }
}
