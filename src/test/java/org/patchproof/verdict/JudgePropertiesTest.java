package org.patchproof.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.repro.Trial;
import org.patchproof.repro.Trial.Outcome;
import org.patchproof.verdict.Verdict.Word;

class JudgePropertiesTest {

    @Provide
    Arbitrary<List<String>> outcomes() {
        return Arbitraries.of("leaks", "leaks", "clean", "clean", "clean", "unexercised", "infra", "fault")
                .list()
                .ofMaxSize(14);
    }

    @Property(tries = 500)
    void fixedHoldsAllThatItClaims(
            @ForAll("outcomes") List<String> control,
            @ForAll("outcomes") List<String> candidate,
            @ForAll @IntRange(max = 40) int exposures,
            @ForAll @Scale(3) @DoubleRange(min = 0.5, max = 0.999) double confidence) {
        Arm.Tried controlArm = arm(control, exposures % 4).arm();
        Arm.Tried candidateArm = arm(candidate, exposures).arm();
        Verdict verdict = Judge.candidate(controlArm, candidateArm, new Standard(confidence, 1));
        assertThat(verdict.explanation()).isNotBlank();
        if (verdict.word() == Word.FIXED) {
            assertThat(has(controlArm, Outcome.REPRODUCED)).isTrue();
            assertThat(has(candidateArm, Outcome.REPRODUCED)).isFalse();
            assertThat(verdict.numbers().candidate().exposures())
                    .isPositive()
                    .isGreaterThanOrEqualTo(leakedExposures(controlArm));
            assertThat(verdict.numbers().missProbability().orElseThrow()).isLessThanOrEqualTo(1 - confidence);
            assertThat(verdict.howManyMore()).isEmpty();
        }
        if (has(candidateArm, Outcome.REPRODUCED)) {
            assertThat(verdict.word()).isEqualTo(Word.STILL_REPRODUCES);
        }
        assertThat(Judge.candidate(controlArm, candidateArm, new Standard(confidence, 1)))
                .isEqualTo(verdict);
    }

    @Property(tries = 200)
    void neverFixedWhenCustodyIsNotWhole(
            @ForAll @IntRange(min = 1, max = 20) int trials, @ForAll @IntRange(min = 1, max = 50) int exposures) {
        Trials control = Trials.none();
        Trials candidate = Trials.none();
        for (int i = 0; i < trials; i++) {
            control.leaks(1);
            candidate.clean(exposures);
        }
        assertThat(Judge.candidate(control.arm(), candidate.armWithout("uname -r"), new Standard(0.5, 1))
                        .word())
                .isEqualTo(Word.INCONCLUSIVE);
        assertThat(Judge.candidate(control.armWithout("uname -r"), candidate.arm(), new Standard(0.5, 1))
                        .word())
                .isEqualTo(Word.INCONCLUSIVE);
    }

    @Property(tries = 200)
    void moreCleanExposuresNeverRaiseTheMissAndNeverUndoAFix(
            @ForAll("outcomes") List<String> control,
            @ForAll @IntRange(min = 1, max = 30) int exposures,
            @ForAll @IntRange(min = 1, max = 30) int more) {
        Arm.Tried controlArm = arm(control, 2).leaks(exposures % 3).arm();
        Verdict before =
                Judge.candidate(controlArm, Trials.none().clean(exposures).arm(), new Standard(0.9, 1));
        Verdict after = Judge.candidate(
                controlArm, Trials.none().clean(exposures).clean(more).arm(), new Standard(0.9, 1));
        assertThat(after.numbers().missProbability().orElseThrow())
                .isLessThanOrEqualTo(before.numbers().missProbability().orElseThrow());
        assertThat(before.word() != Word.FIXED || after.word() == Word.FIXED).isTrue();
    }

    @Property(tries = 200)
    void whatItAsksForIsEnough(
            @ForAll("outcomes") List<String> control, @ForAll @IntRange(min = 1, max = 9) int exposures) {
        Arm.Tried controlArm = arm(control, 2).leaks(exposures % 3).arm();
        Trials candidate = Trials.none().clean(exposures);
        Verdict first = Judge.candidate(controlArm, candidate.arm(), new Standard(0.95, 1));
        first.howManyMore().ifPresent(more -> {
            for (int i = 0; i < more.trials(); i++) {
                candidate.clean(exposures);
            }
            assertThat(Judge.candidate(controlArm, candidate.arm(), new Standard(0.95, 1))
                            .word())
                    .as(more.words())
                    .isEqualTo(Word.FIXED);
        });
    }

    /**
     * A patch that does nothing, judged many times: controls of three to six trials, candidates tried
     * until the judge asks for no more. Exposures leak with the same chance in both arms; with
     * {@code seen} 0 the exposures of the control cannot be read.
     */
    @ParameterizedTest
    @CsvSource({
        "0.05, 3, 1, 0.95", "0.2, 3, 1, 0.95", "0.5, 3, 1, 0.95", "0.8, 3, 1, 0.95", "0.95, 3, 1, 0.95",
        "0.2, 6, 1, 0.95", "0.5, 6, 1, 0.8", "0.3, 4, 1, 0.6", "0.5, 3, 0, 0.95", "0.2, 5, 0, 0.9"
    })
    void aPatchThatDoesNothingIsRarelyCalledFixed(double q, int trials, int seen, double confidence) {
        Random random = new Random(20_261_123);
        int runs = 400;
        int fixed = 0;
        for (int run = 0; run < runs; run++) {
            Trials control = Trials.none();
            for (int i = 0; i < trials; i++) {
                int exposures = 1 + random.nextInt(3);
                if (leaks(random, q, exposures)) {
                    control.leaks(exposures * seen);
                } else if (seen == 1) {
                    control.clean(exposures);
                } else {
                    control.unexercised();
                }
            }
            fixed += judgedUntilSure(control.arm(), random, q, new Standard(confidence, 1)) == Word.FIXED ? 1 : 0;
        }
        assertThat((double) fixed / runs).isLessThanOrEqualTo(1 - confidence);
    }

    private static Word judgedUntilSure(Arm control, Random random, double q, Standard standard) {
        Trials candidate = Trials.none();
        Verdict verdict = Judge.candidate(control, candidate.arm(), standard);
        while (verdict.word() == Word.INCONCLUSIVE && verdict.howManyMore().isPresent()) {
            int exposures = 1 + random.nextInt(3);
            if (leaks(random, q, exposures)) {
                return Judge.candidate(control, candidate.leaks(exposures).arm(), standard)
                        .word();
            }
            verdict = Judge.candidate(control, candidate.clean(exposures).arm(), standard);
        }
        return verdict.word();
    }

    private static boolean leaks(Random random, double q, int exposures) {
        return random.nextDouble() < 1 - Math.pow(1 - q, exposures);
    }

    private static Trials arm(List<String> outcomes, int exposures) {
        Trials trials = Trials.none();
        for (String outcome : outcomes) {
            switch (outcome) {
                case "leaks" -> trials.leaks(exposures);
                case "clean" -> trials.clean(Math.max(1, exposures));
                case "unexercised" -> trials.unexercised();
                case "infra" -> trials.infra();
                default -> trials.fault("WARNING in " + (exposures % 2 == 0 ? "a" : "b"));
            }
        }
        return trials;
    }

    private static boolean has(Arm.Tried arm, Outcome outcome) {
        return arm.trials().stream().anyMatch(t -> t.outcome() == outcome);
    }

    private static int leakedExposures(Arm.Tried arm) {
        List<Integer> exposures = new ArrayList<>();
        arm.trials().stream()
                .filter(t -> t.outcome() == Outcome.REPRODUCED)
                .map(Trial::exposures)
                .forEach(exposures::add);
        return exposures.stream().mapToInt(Integer::intValue).sum();
    }
}
