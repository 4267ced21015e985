package org.patchproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.patchproof.report.VerdictTable.Role;
import org.patchproof.report.VerdictTable.Row;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.HowManyMore;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Numbers.Count;
import org.patchproof.verdict.Verdict;
import org.patchproof.verdict.Verdict.Word;

class VerdictTableTest {
    private static final Count CONTROL = new Count(3, 3, 9, 3);
    private static final Row REPRODUCED = row(
            "control",
            Role.CONTROL,
            Word.REPRODUCED,
            "the symptom appeared in 3 of 3 trials. The control showed the bug in 3 of 3 trials, with 9 exposures.",
            numbers(CONTROL, Count.NONE));
    private static final Row FIXED = row(
            "fixed",
            Role.CANDIDATE,
            Word.FIXED,
            "the candidate never showed the bug, though it was exercised.",
            new Numbers(
                    CONTROL,
                    new Count(0, 3, 14, 4),
                    OptionalDouble.of(0.05),
                    OptionalDouble.of(0.0123),
                    OptionalDouble.of(0.1),
                    OptionalDouble.of(0.36),
                    OptionalDouble.of(0.2),
                    OptionalDouble.of(0.95),
                    List.of(new Numbers.LeftOut(
                            "candidate", 2, Trial.Outcome.UNEXERCISED, "the race window was not passed through"))));

    @Test
    void aGlanceThenEachStoryWithItsNumbers() {
        assertThat(VerdictTable.render(List.of(REPRODUCED, FIXED), Style.PLAIN)).isEqualTo("""
                KERNEL     VARIANT  VERDICT     SHOWED BUG  EXPOSURES
                linux-6.1  control  REPRODUCED  3 of 3      9
                linux-6.1  fixed    FIXED       0 of 3      14

                linux-6.1 control
                  REPRODUCED: the symptom appeared in 3 of 3 trials. The control showed the bug
                  in 3 of 3 trials, with 9 exposures.
                  control     3 of 3 trials showed the bug, 9 exposures

                linux-6.1 fixed
                  FIXED: the candidate never showed the bug, though it was exercised.
                  control     3 of 3 trials showed the bug, 9 exposures
                  candidate   0 of 3 trials showed the bug, 14 exposures (1 trial more left out)
                  Fisher p    0.05 (exact, one-sided, by trials)
                  miss        at most 1.23 % if it still leaked 10 % as often (asked: 5 % or
                              less)
                  left out    candidate trial 2, UNEXERCISED: the race window was not passed
                              through
                """);
    }

    @Test
    void whatNeverCameToTrialsHasNoNumbers() {
        Row row = new Row(
                "linux-6.1",
                "fixed",
                Role.CANDIDATE,
                verdict(Word.INCONCLUSIVE, "infrastructure: no disk.", numbers(Count.NONE, Count.NONE)),
                Optional.of("the disk is full"));
        assertThat(VerdictTable.render(List.of(row), Style.PLAIN)).isEqualTo("""
                KERNEL     VARIANT  VERDICT       SHOWED BUG  EXPOSURES
                linux-6.1  fixed    INCONCLUSIVE  -           -

                linux-6.1 fixed
                  INCONCLUSIVE: infrastructure: no disk.
                  trouble     the disk is full
                """);
    }

    @Test
    void saysWhatItWouldTakeToConclude() {
        Verdict verdict = new Verdict(
                Word.INCONCLUSIVE,
                "too little",
                numbers(CONTROL, new Count(0, 1, 1, 1)),
                "INCONCLUSIVE: too little was tried.",
                Optional.of(new HowManyMore(4, OptionalInt.empty(), "4 more clean trials would do")));
        String text =
                VerdictTable.render(List.of(new Row("k", "v", Role.CANDIDATE, verdict, Optional.empty())), Style.PLAIN);
        assertThat(text).contains("  to conclude 4 more clean trials would do\n");
    }

    @Test
    void noLineIsTooLongWhateverTheNames() {
        Row row = new Row(
                "a".repeat(64),
                "b".repeat(64),
                Role.CANDIDATE,
                verdict(
                        Word.STILL_REPRODUCES,
                        "word ".repeat(100),
                        numbers(CONTROL, new Count(1000, 1000, 99999, 1000))),
                Optional.empty());
        String text = VerdictTable.render(List.of(row), Style.PLAIN);
        assertThat(text.lines().filter(l -> !l.contains("a".repeat(64))))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(VerdictTable.WIDTH));
        assertThat(text).contains("a".repeat(64) + " " + "b".repeat(64));
    }

    @Test
    void colourOnlyWhenAskedAndNothingElseDiffers() {
        String plain = VerdictTable.render(List.of(REPRODUCED, FIXED), Style.PLAIN);
        String colour = VerdictTable.render(List.of(REPRODUCED, FIXED), Style.COLOUR);
        assertThat(plain).doesNotContain("\u001b");
        assertThat(colour).contains("\u001b[1;32mFIXED\u001b[0m");
        assertThat(colour.replaceAll("\u001b\\[[0-9;]*m", "").replaceAll("(?m) +$", ""))
                .isEqualTo(plain);
    }

    @Test
    void whatAKernelPrintedPlaysNoTricks() {
        Row row = row("v", Role.CANDIDATE, Word.BOOT_FAILED, "\u001b[2Jpanic\u202e\r", numbers(CONTROL, Count.NONE));
        assertThat(VerdictTable.render(List.of(row), Style.PLAIN)).contains("?[2Jpanic??");
    }

    private static Numbers numbers(Count control, Count candidate) {
        return new Numbers(
                control,
                candidate,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of());
    }

    private static Row row(String variant, Role role, Word word, String story, Numbers numbers) {
        return new Row("linux-6.1", variant, role, verdict(word, story, numbers), Optional.empty());
    }

    private static Verdict verdict(Word word, String story, Numbers numbers) {
        return new Verdict(word, story, numbers, word + ": " + story, Optional.empty());
    }
}
