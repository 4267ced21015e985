package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.testing.StubKernel;

class PatchReaderTest {
    private static final String GOOD = """
            --- a/net/a.c
            +++ b/net/a.c
            @@ -3,3 +3,4 @@ int f(void)
             one
             two
            +new
             three
            """;

    @Test
    void aMailIsReadWithItsHeaderFilesAndHunks() {
        Patch patch = StubKernel.patch("instrument.patch");
        assertThat(patch.header().commit()).contains("c06ef416a1735b572e53623c13e52abfcc0cee10");
        assertThat(patch.header().from()).contains("A Tester <t@example.com>");
        assertThat(patch.header().subject()).contains("[PATCH] route: show deleted exceptions");
        assertThat(patch.header().date()).contains("Wed, 4 Mar 2020 10:00:00 +0000");
        assertThat(patch.files())
                .extracting(
                        TouchedFile::path, TouchedFile::change, f -> f.hunks().size())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("net/ipv4/old.c", TouchedFile.Change.DELETED, 1),
                        org.assertj.core.groups.Tuple.tuple("net/ipv4/probe.c", TouchedFile.Change.CREATED, 1),
                        org.assertj.core.groups.Tuple.tuple("net/ipv4/route.c", TouchedFile.Change.MODIFIED, 3));
        Hunk second = patch.files().get(2).hunks().get(1);
        assertThat(second.section()).isEqualTo("static void ip_del_fnhe(struct fib_nh *nh, __be32 daddr)");
        assertThat(List.of(second.oldStart(), second.oldCount(), second.newStart(), second.newCount()))
                .containsExactly(39, 6, 40, 8);
        assertThat(second.oldLines()).hasSize(6);
        assertThat(second.newLines()).hasSize(8).contains("\t\t\tif (ref_leak_test)");
    }

    @Test
    void bytesAsGivenAreTheFile() {
        Patch patch = StubKernel.patch("fix.patch");
        assertThat(patch.bytes(PatchStyle.AS_GIVEN)).hasSize((int) patch.size());
        assertThat(Sha256.of(patch.bytes(PatchStyle.AS_GIVEN))).isEqualTo(patch.sha256());
    }

    @Test
    void plainBytesHaveNoHeadersAndMeanTheSame() {
        Patch patch = StubKernel.patch("instrument.patch");
        String plain = new String(patch.bytes(PatchStyle.PLAIN), StandardCharsets.ISO_8859_1);
        assertThat(plain)
                .startsWith("--- a/net/ipv4/old.c\n+++ /dev/null\n")
                .doesNotContain("diff --git", "index ", "Subject");
        List<Hunk> again = hunks(PatchReader.parse("plain", plain.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(again)
                .extracting(Hunk::text)
                .isEqualTo(hunks(patch).stream().map(Hunk::text).toList());
    }

    private static List<Hunk> hunks(Patch patch) {
        return patch.files().stream().flatMap(f -> f.hunks().stream()).toList();
    }

    @Test
    void aPlainDiffIsRead() {
        Patch patch = StubKernel.patch("a.patch", GOOD);
        assertThat(patch.header()).isEqualTo(MailHeader.NONE);
        assertThat(patch.paths()).containsExactly("net/a.c");
        assertThat(patch.files().get(0).hunks().get(0).line()).isEqualTo(3);
    }

    @Test
    void missingNewlineAtEndOfFileIsKept() {
        Patch patch = StubKernel.patch(
                "a.patch",
                "--- a/d/x\n+++ b/d/x\n@@ -1,2 +1,2 @@\n one\n-two\n\\ No newline at end of file\n+2\n\\ No newline at end of file\n");
        assertThat(patch.files().get(0).hunks().get(0).lines()).hasSize(5);
        assertThat(patch.files().get(0).hunks().get(0).newLines()).containsExactly("one", "2");
    }

    static List<Arguments> broken() {
        return List.of(
                Arguments.of("no diff at all", "Dear all,\nplease apply.\n", "1:1", "no hunk in this file"),
                Arguments.of("empty", "", "1:1", "no hunk in this file"),
                Arguments.of("too few lines", GOOD.replace(" three\n", ""), "7:1", "lacks 1 old and 1 new"),
                Arguments.of(
                        "count too small", GOOD.replace("-3,3 +3,4", "-3,2 +3,3"), "7:1", "more lines than its header"),
                Arguments.of("count too large", GOOD.replace("-3,3 +3,4", "-3,4 +3,5"), "8:1", "lacks 1 old"),
                Arguments.of(
                        "counts disagree",
                        GOOD.replace("-3,3 +3,4", "-3,3 +3,3"),
                        "3:1",
                        "other lines than its header"),
                Arguments.of("CR LF", GOOD.replace(" two\n", " two\r\n"), "5:5", "CR LF"),
                Arguments.of("lost blank", GOOD.replace(" two\n", "two\n"), "5:1", "starts with neither"),
                Arguments.of("empty context line", GOOD.replace(" two\n", "\n"), "5:1", "lost its leading blank"),
                Arguments.of("outside", GOOD.replace("/net/a.c", "/../a.c"), "1:5", "'..'"),
                Arguments.of("outside later", GOOD.replace("/net/a.c", "/net/../../a.c"), "1:5", "'..'"),
                Arguments.of("absolute", GOOD.replace("a/net/a.c", "/etc/passwd"), "1:5", "absolute"),
                Arguments.of("absolute inside", GOOD.replace("/net/a.c", "//etc/passwd"), "1:5", "''"),
                Arguments.of("no directory", GOOD.replace("a/net/a.c", "a.c"), "1:5", "no directory"),
                Arguments.of("quoted", GOOD.replace("a/net/a.c", "\"a/net/a.c\""), "1:5", "quoted"),
                Arguments.of("names differ", GOOD.replace("b/net/a.c", "b/net/b.c"), "1:5", "differ"),
                Arguments.of("NUL", GOOD.replace("two", "t\0o"), "5:3", "binary"),
                Arguments.of("no context", "--- a/d/x\n+++ b/d/x\n@@ -3,0 +4 @@\n+x\n", "3:1", "without any context"),
                Arguments.of("no change", GOOD.replace("+new\n", "").replace("+3,4", "+3,3"), "3:1", "changes nothing"),
                Arguments.of("cut", GOOD.stripTrailing(), "7:7", "no newline"),
                Arguments.of("no header", "--- a/d/x\n+++ b/d/x\n x\n", "3:1", "no hunk after"),
                Arguments.of("twice", GOOD + GOOD, "8:5", "already patched at line 1"),
                Arguments.of("overlap", GOOD + GOOD.substring(GOOD.indexOf("@@")), "8:5", "before the end"),
                Arguments.of("created, but old name", GOOD.replace("-3,3", "-0,0"), "3:4", "does not fit"),
                Arguments.of("quoted diff", "See:\n    @@ -1,2 +1,2 @@\n\n" + GOOD, "2:5", "GNU patch applies it"),
                Arguments.of("ed script", "3d\n.\n" + GOOD, "2:1", "ed script"),
                Arguments.of(
                        "context diff", "*** a/x\n--- a/y\n***************\n*** 1,2 ****\n", "4:1", "context diff"),
                Arguments.of("Index", "Index: linux/net/b.c\n=====\n" + GOOD, "3:1", "Index"),
                Arguments.of("Prereq", "Prereq: 1.2\n" + GOOD, "1:1", "version check"),
                Arguments.of("git binary", git("GIT binary patch\nliteral 3\n"), "2:1", "binary"),
                Arguments.of("binary differ", "Binary files a/x and b/x differ\n", "1:1", "binary"),
                Arguments.of("rename", git("similarity index 90%\nrename from net/a.c\n" + GOOD), "2:1", "rename"),
                Arguments.of("mode", git("old mode 100644\nnew mode 100755\n"), "2:1", "mode"),
                Arguments.of("link", git("new file mode 120000\n" + GOOD), "2:15", "120000"),
                Arguments.of("empty file", git("new file mode 100644\nindex 0..0\n"), "1:1", "no hunk"),
                Arguments.of(
                        "git name",
                        git(GOOD).replace("diff --git a/net/a.c", "diff --git a/net/x.c"),
                        "1:12",
                        "disagree"),
                Arguments.of("git kind", git("new file mode 100644\n" + GOOD), "1:1", "otherwise"));
    }

    private static String git(String rest) {
        return "diff --git a/net/a.c b/net/a.c\n" + rest;
    }

    /** diff -N writes the name of the file that is not there, with a date of 1970: no reader of ours knows by it. */
    @Test
    void theRemedyForAFileOfDiffNIsNotDiffNAgain() {
        String text =
                "--- linux.orig/n.c\t1970-01-01 00:00:00.000000000 +0000\n+++ linux/n.c\t2026-01-01\n@@ -0,0 +1 @@\n+x\n";
        PatchFormatException e =
                catchThrowableOfType(PatchFormatException.class, () -> StubKernel.patch("p.patch", text));
        assertThat(e.remedy()).doesNotContain("or diff -uN").contains("put /dev/null in place of the name");
        assertThat(StubKernel.patch("p.patch", text.replace("linux.orig/n.c", "/dev/null"))
                        .files()
                        .get(0)
                        .change())
                .isEqualTo(TouchedFile.Change.CREATED);
    }

    @Test
    void mnemonicPrefixesOfGitAgree() {
        String text =
                git(GOOD).replace("--git a/net/a.c b/", "--git i/net/a.c w/").replace("--- a/", "--- i/");
        assertThat(StubKernel.patch("p.patch", text.replace("+++ b/", "+++ w/")).paths())
                .containsExactly("net/a.c");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void unsoundPatchesAreRefusedWithPlaceAndRemedy(String what, String text, String place, String problem) {
        PatchFormatException e =
                catchThrowableOfType(PatchFormatException.class, () -> StubKernel.patch("p.patch", text));
        assertThat(e).as(what).isNotNull();
        assertThat(e.getMessage())
                .startsWith("p.patch:" + place + ": ")
                .contains(problem)
                .contains("\n  remedy: ");
    }

    @Test
    void sixteenMebibytesAreTheLimit() {
        assertThatThrownBy(() -> PatchReader.parse("big", new byte[PatchReader.SIZE_LIMIT + 1]))
                .isInstanceOf(PatchFormatException.class)
                .hasMessageContaining("16 MiB");
    }

    @Test
    void anIndexLineOfQuiltIsNoTrouble() {
        assertThat(StubKernel.patch("q", "Index: linux-6.1/net/a.c\n=======\n" + GOOD)
                        .paths())
                .containsExactly("net/a.c");
    }

    @Test
    void aSeriesDigestDependsOnNamesContentAndOrder() {
        Patch a = StubKernel.patch("a", GOOD);
        Patch b = StubKernel.patch("b", GOOD.replace("new", "newer"));
        assertThat(StubKernel.series(a, b).digest())
                .isEqualTo(StubKernel.series(a, b).digest())
                .isNotEqualTo(StubKernel.series(b, a).digest())
                .isNotEqualTo(StubKernel.series(a, StubKernel.patch("c", GOOD.replace("new", "newer")))
                        .digest());
        assertThatThrownBy(() -> StubKernel.series(a, a)).hasMessageContaining("two patches named a");
        assertThatThrownBy(() -> new PatchSeries("none", List.of())).hasMessageContaining("no patch");
    }

    @Test
    void fuzzOfAnApplyRuleIsBounded() {
        assertThatThrownBy(() -> ApplyRule.gnuPatch(3)).hasMessageContaining("rediff");
    }
}
