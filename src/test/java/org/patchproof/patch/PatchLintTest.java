package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.patch.LintFinding.Kind;

class PatchLintTest {
    private static final String SOUND = """
            From: A Developer <a@example.org>
            Subject: [PATCH] x: add b

            Signed-off-by: A Developer <a@example.org>
            ---
            --- a/x.c
            +++ b/x.c
            @@ -1,2 +1,3 @@ int main(void)
             	a();
            +	b();
             	c();
            """;

    private static List<LintFinding> lint(String text, PatchLint.Purpose purpose) {
        return PatchLint.lint("p.patch", text.getBytes(StandardCharsets.ISO_8859_1), purpose);
    }

    @Test
    void aSoundPatchHasNoFindings() {
        assertThat(lint(SOUND, PatchLint.Purpose.TRIAL)).isEmpty();
        assertThat(lint(SOUND, PatchLint.Purpose.RELEASE)).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(SOUND.replace(" \ta();", "a();"), Kind.WHITE_SPACE, "p.patch:9:1: error: white space was"),
                arguments(SOUND.replace("\n \tc();", "\n\n \tc();"), Kind.WHITE_SPACE, "p.patch:11:1: error: white"),
                arguments(SOUND.replace("\n", "\r\n"), Kind.LINE_ENDS, "p.patch:1:34: error: this and 10 more lines"),
                arguments(SOUND.replace("-1,2", "-1,3"), Kind.COUNTS, "p.patch:8:1: error: the header counts 3 old"),
                arguments(SOUND.replace("+1,3", "+1,4"), Kind.COUNTS, "the hunk has 2 and 3"),
                arguments(SOUND.replace("/x.c", "/../x.c"), Kind.OUTSIDE_TREE, "p.patch:6:5: error: the path '../x.c'"),
                arguments(SOUND.replace("a/x.c", "/etc/x"), Kind.OUTSIDE_TREE, "p.patch:6:5: error: an absolute path"),
                arguments(SOUND.replace("a/x.c", "x.c"), Kind.OUTSIDE_TREE, "no directory to strip from"),
                arguments(
                        SOUND.replace("b/x.c", "b/.git/x"), Kind.OUTSIDE_TREE, "p.patch:7:5: error: the path '.git/x'"),
                arguments(SOUND.replace("+	b();", " 	b();"), Kind.COUNTS, "the hunk has 3 and 3"),
                arguments("no patch at all\n", Kind.FORMAT, "p.patch:1:1: error: no hunk in this file"),
                arguments(SOUND.replace("---\n---", "Prereq: 3\n---\n---"), Kind.FORMAT, "version check"),
                arguments(
                        SOUND.replace("add b\n", "add b\n\nThis reverts commit 1234567.\n"),
                        Kind.REMOVES_FIX,
                        "p.patch:4:1: warning: it says that it reverts commit 1234567"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeIsFoundWithItsLine(String text, Kind kind, String message) {
        List<LintFinding> findings = lint(text, PatchLint.Purpose.TRIAL);
        assertThat(findings).anySatisfy(f -> {
            assertThat(f.kind()).isEqualTo(kind);
            assertThat(f.message()).contains(message);
            assertThat(f.remedy()).isNotBlank();
        });
    }

    @Test
    void whatIsShippedIsSignedOff() {
        String unsigned = SOUND.replaceAll("Signed-off-by.*\n", "");
        assertThat(lint(unsigned, PatchLint.Purpose.TRIAL)).isEmpty();
        assertThat(lint(unsigned, PatchLint.Purpose.RELEASE))
                .extracting(LintFinding::kind)
                .containsExactly(Kind.SIGNED_OFF);
        assertThat(lint(SOUND.replace(" <a@example.org>\n---", "\n---"), PatchLint.Purpose.RELEASE))
                .extracting(LintFinding::kind)
                .containsExactly(Kind.SIGNED_OFF);
        String below = unsigned + "-- \nSigned-off-by: A Developer <a@example.org>\n";
        assertThat(lint(below, PatchLint.Purpose.RELEASE))
                .extracting(LintFinding::kind)
                .containsExactly(Kind.SIGNED_OFF);
    }

    @Test
    void theArticlesPatchIsSaidToHaveLostItsWhiteSpaceHunkByHunk() throws IOException {
        byte[] printed = Files.readAllBytes(Path.of("src/test/resources/patch/article/as-printed.patch"));
        List<LintFinding> findings = PatchLint.lint("article.patch", printed, PatchLint.Purpose.TRIAL);
        assertThat(findings).hasSize(5).allSatisfy(f -> assertThat(f.kind()).isEqualTo(Kind.WHITE_SPACE));
        assertThat(findings.get(0).message())
                .isEqualTo("article.patch:4:1: error: white space was damaged: this line has lost its leading blank,"
                        + " as have 4 more in this hunk; not one tab is left in 6 lines");
        assertThat(findings.get(0).remedy()).contains("--repair DIR");
    }

    /** Whatever the strict reader refuses must be found: else a bad patch would be said to be sound. */
    @Test
    void everyCutOfAPatchIsEitherSoundOrFound() {
        for (int end = 0; end < SOUND.length(); end++) {
            byte[] cut = SOUND.substring(0, end).getBytes(StandardCharsets.ISO_8859_1);
            boolean sound = true;
            try {
                PatchReader.parse("p.patch", cut);
            } catch (PatchFormatException e) {
                sound = false;
            }
            boolean errors = PatchLint.lint("p.patch", cut, PatchLint.Purpose.TRIAL).stream()
                    .anyMatch(f -> f.severity() == LintFinding.Severity.ERROR);
            assertThat(errors).as("cut at " + end).isEqualTo(!sound);
        }
    }
}
