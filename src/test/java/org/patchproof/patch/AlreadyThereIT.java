package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.StubKernel;

/** The oracle is GNU patch: what it takes out must never be called impossible. */
class AlreadyThereIT {
    private static final Patch TWO_HUNKS = StubKernel.patch("two.patch", """
            --- a/x.c
            +++ b/x.c
            @@ -1,3 +1,3 @@
             one
            -two
            +zwei
             three
            @@ -5,3 +5,4 @@
             five
             six
            +six and a half
             seven
            """);

    private static final List<String> AFTER =
            List.of("one", "zwei", "three", "four", "five", "six", "six and a half", "seven");

    static Stream<Arguments> trees() {
        return Stream.of(
                Arguments.of("in", true, text(AFTER)),
                Arguments.of("in, further down", true, "zero\nzero\n" + text(AFTER)),
                Arguments.of("in, without the last newline", true, text(AFTER).stripTrailing()),
                Arguments.of("not in", false, "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"),
                Arguments.of("the first hunk only", false, "one\nzwei\nthree\nfour\nfive\nsix\nseven\n"),
                Arguments.of("the second hunk only", false, text(AFTER).replace("zwei", "two")),
                Arguments.of("a blank more", false, text(AFTER).replace("zwei", "zwei ")),
                Arguments.of("CR LF", false, text(AFTER).replace("\n", "\r\n")),
                Arguments.of("as a part of longer lines", false, text(AFTER).replace("one\n", "someone\n")),
                Arguments.of("nothing", false, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trees")
    void whatIsNowhereCannotComeOut(String name, boolean possible, String content) throws Exception {
        assertThat(AlreadyThere.possible(TWO_HUNKS, Map.of("x.c", content))).isEqualTo(possible);
        assertThat(comesOut(TWO_HUNKS, content) && !possible).isFalse();
    }

    @Test
    void ofAFileThatIsNotThereNothingIsCertain() {
        assertThat(AlreadyThere.possible(TWO_HUNKS, Map.of())).isTrue();
    }

    @Test
    void ofACreatedFileNothingIsCertain() {
        Patch creates = StubKernel.patch("new.patch", "--- /dev/null\n+++ b/x.c\n@@ -0,0 +1 @@\n+one\n");
        assertThat(AlreadyThere.possible(creates, Map.of("x.c", "two\n"))).isTrue();
    }

    @Test
    void whatGnuPatchTakesOutIsNeverCalledImpossible() throws Exception {
        Random random = new Random(17);
        int out = 0;
        for (int i = 0; i < 150; i++) {
            List<String> lines = new ArrayList<>(AFTER);
            for (int edits = random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(lines.size());
                switch (random.nextInt(4)) {
                    case 0 -> lines.remove(at);
                    case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                    case 2 -> lines.set(at, lines.get(at) + (random.nextBoolean() ? " " : "\r"));
                    default -> lines.addAll(at, AFTER);
                }
            }
            String content = random.nextInt(5) == 0 ? String.join("\n", lines) : text(lines);
            boolean comesOut = comesOut(TWO_HUNKS, content);
            out += comesOut ? 1 : 0;
            assertThat(!comesOut || AlreadyThere.possible(TWO_HUNKS, Map.of("x.c", content)))
                    .as(content)
                    .isTrue();
        }
        assertThat(out).as("both happen").isBetween(30, 120);
    }

    private static boolean comesOut(Patch patch, String content) throws Exception {
        TreeFiles files = TreeFiles.of(Map.of("x.c", content));
        try (ScratchTree scratch = ScratchTree.of(files, new TreeSet<>(List.of("x.c")))) {
            return new GnuPatchTool(new LeashedRunner())
                    .reverse(scratch, scratch.writePatch(patch))
                    .tookAll(patch);
        }
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
