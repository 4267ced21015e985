package org.patchproof.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.patchproof.verdict.Verdict.Word;

class JudgeTest {
    private static final Standard SURE = new Standard(0.95, 1);

    /** Every control against every candidate. */
    private static final String TABLE = """
            control \\ candidate | enough           few              leaks            newFault         knownFault       unexercised      infra            nothing          broken           brokenLeaks      leaksAndFaults   brokeOff         brokeOffLeaks
            leaks               | FIXED            INCONCLUSIVE     STILL_REPRODUCES REGRESSED        REGRESSED        INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            leaksAndWarns       | FIXED            INCONCLUSIVE     STILL_REPRODUCES REGRESSED        FIXED            INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            leaksUnseen         | FIXED            INCONCLUSIVE     STILL_REPRODUCES REGRESSED        REGRESSED        INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            leaksBroken         | INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            clean               | INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES REGRESSED        REGRESSED        INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            unexercised         | INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES REGRESSED        REGRESSED        INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            faults              | INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES REGRESSED        INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            infra               | INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            nothing             | INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            neverBuilt          | INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            elsewhere           | INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            leaksBrokeOff       | FIXED            INCONCLUSIVE     STILL_REPRODUCES REGRESSED        REGRESSED        INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     INCONCLUSIVE     STILL_REPRODUCES   INCONCLUSIVE     STILL_REPRODUCES
            """;

    private static Arm control(String name) {
        return switch (name) {
            case "leaks" -> Trials.none().leaks(2).leaks(2).leaks(2).arm();
            case "leaksAndWarns" ->
                Trials.none()
                        .leaks(2)
                        .leaks(2)
                        .leaks(2)
                        .fault("WARNING in known")
                        .arm();
            case "leaksUnseen" -> Trials.none().leaks(0).leaks(0).leaks(0).arm();
            case "leaksBroken" ->
                Trials.none().leaks(2).leaks(2).leaks(2).armWithout("no build-id of the booted kernel");
            case "leaksBrokeOff" ->
                Trials.none().leaks(2).leaks(2).leaks(2).infra().armThatBrokeOff("trial 4: the machine ended");
            case "clean" -> Trials.none().clean(3).clean(3).arm();
            case "unexercised" -> Trials.none().unexercised().arm();
            case "faults" -> Trials.none().fault("WARNING in known").arm();
            case "infra" -> Trials.none().infra().arm();
            case "nothing" -> Trials.none().arm();
            case "elsewhere" -> new Arm.Elsewhere();
            case "neverBuilt" -> new Arm.BuildFailed(List.of("route.c:1: error"));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Arm candidate(String name) {
        Trials enough = Trials.none();
        for (int i = 0; i < 8; i++) {
            enough.clean(2);
        }
        return switch (name) {
            case "enough" -> enough.arm();
            case "few" -> Trials.none().clean(1).arm();
            case "leaks" -> enough.leaks(1).arm();
            case "newFault" -> enough.fault("KASAN: use-after-free in new").arm();
            case "knownFault" -> enough.clean(2, "WARNING in known").arm();
            case "unexercised" -> Trials.none().unexercised().unexercised().arm();
            case "infra" -> Trials.none().infra().arm();
            case "nothing" -> Trials.none().arm();
            case "broken" -> enough.armWithout("rpm -q says another release");
            case "brokenLeaks" -> enough.leaks(1).armWithout("rpm -q says another release");
            case "brokeOff" -> enough.infra().armThatBrokeOff("trial 9: the job took more than 300 s");
            case "brokeOffLeaks" -> enough.infra().leaks(1).armThatBrokeOff("trial 9: the machine ended by itself");
            case "leaksAndFaults" -> enough.leaks(1).fault("oops in new").arm();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @TestFactory
    List<DynamicTest> everyControlAgainstEveryCandidate() {
        List<String> lines = TABLE.lines().toList();
        String[] candidates = lines.get(0).split("\\|")[1].trim().split(" +");
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String name = line.split("\\|")[0].trim();
            String[] words = line.split("\\|")[1].trim().split(" +");
            assertThat(words).as(name).hasSameSizeAs(candidates);
            for (int i = 0; i < words.length; i++) {
                String candidate = candidates[i];
                Word word = Word.valueOf(words[i]);
                tests.add(DynamicTest.dynamicTest(name + " against " + candidate, () -> {
                    Verdict verdict = Judge.candidate(control(name), candidate(candidate), SURE);
                    assertThat(verdict.word()).as(verdict.explanation()).isEqualTo(word);
                    assertThat(verdict.reason()).isNotBlank();
                    assertThat(verdict.explanation()).startsWith(word + ": ").doesNotContain("NaN", "..", "null");
                }));
            }
        }
        return tests;
    }

    @Test
    void anArmThatNeverCameToTrialsSaysHowFarItGot() {
        Map<Arm, Word> words = new LinkedHashMap<>();
        words.put(new Arm.PatchRejected("hunk 2 of route.c fails"), Word.PATCH_REJECTED);
        words.put(new Arm.BuildFailed(List.of("", "route.c:1562: error")), Word.BUILD_FAILED);
        words.put(new Arm.InstallFailed(List.of("conflicts with kernel")), Word.INSTALL_FAILED);
        words.put(new Arm.BootFailed(List.of()), Word.BOOT_FAILED);
        words.put(new Arm.Infrastructure("no space left"), Word.INCONCLUSIVE);
        words.forEach((arm, word) -> {
            assertThat(Judge.control(arm).word()).isEqualTo(word);
            assertThat(Judge.candidate(control("leaks"), arm, SURE).word()).isEqualTo(word);
        });
        assertThat(Judge.control(new Arm.BuildFailed(List.of("", "route.c:1562: error")))
                        .reason())
                .isEqualTo("route.c:1562: error");
        assertThat(Judge.control(new Arm.BootFailed(List.of())).reason()).contains("did not boot");
    }

    @Test
    void controls() {
        Map<String, Word> words = Map.of(
                "leaks", Word.REPRODUCED,
                "leaksAndWarns", Word.REPRODUCED,
                "leaksUnseen", Word.REPRODUCED,
                "leaksBroken", Word.INCONCLUSIVE,
                "clean", Word.NOT_REPRODUCED,
                "unexercised", Word.INCONCLUSIVE,
                "faults", Word.INCONCLUSIVE,
                "infra", Word.INCONCLUSIVE,
                "nothing", Word.INCONCLUSIVE,
                "neverBuilt", Word.BUILD_FAILED);
        words.forEach((name, word) ->
                assertThat(Judge.control(control(name)).word()).as(name).isEqualTo(word));
        assertThat(Judge.control(Trials.none()
                                .leaks(2)
                                .clean(1)
                                .infra()
                                .unexercised()
                                .arm())
                        .explanation())
                .isEqualTo("REPRODUCED: the symptom appeared in 1 of 2 trials, first in trial 1:"
                        + " waiting for cli-veth to become free (console.log:280)."
                        + " The control showed the bug in 1 of 2 trials, with 3 exposures."
                        + " Left out: control trial 3 (INFRA: the disk was full);"
                        + " control trial 4 (UNEXERCISED: the race window was never seen to be passed through).");
    }

    @Test
    void theNumbersOfAFix() {
        Verdict verdict = Judge.candidate(
                Trials.none().leaks(1).leaks(1).leaks(1).arm(),
                Trials.none().clean(3).clean(2).infra().clean(2).arm(),
                SURE);
        assertThat(verdict.word()).isEqualTo(Word.FIXED);
        Numbers numbers = verdict.numbers();
        assertThat(numbers.control()).isEqualTo(new Numbers.Count(3, 3, 3, 3));
        assertThat(numbers.candidate()).isEqualTo(new Numbers.Count(0, 3, 7, 4));
        assertThat(numbers.fisherP().orElseThrow()).isCloseTo(0.05, within(1e-9));
        assertThat(numbers.exposureRate().orElseThrow()).isCloseTo(Math.cbrt(0.05), within(1e-9));
        assertThat(numbers.missProbability().orElseThrow()).isCloseTo(Math.pow(1 - Math.cbrt(0.05), 7), within(1e-9));
        assertThat(numbers.leftOut())
                .containsExactly(new Numbers.LeftOut(
                        "candidate", 3, org.patchproof.repro.Trial.Outcome.INFRA, "the disk was full"));
        assertThat(verdict.howManyMore()).isEmpty();
        assertThat(verdict.explanation())
                .isEqualTo("FIXED: the control shows the bug, and the candidate, exercised at least as much, does"
                        + " not. The control showed the bug in 3 of 3 trials, with 3 exposures. The candidate showed"
                        + " the bug in 0 of 3 trials, with 7 exposures. At 95 % confidence an exposure of the control"
                        + " leaks at least 36.8 % of the time; if the patch did nothing, the candidate would have"
                        + " stayed clean with a chance of at most 4.01 %. By trials alone, a difference this large"
                        + " would come by chance with p = 0.05 (Fisher, one-sided). Left out: candidate trial 3"
                        + " (INFRA: the disk was full).");
    }

    @Test
    void tooFewExposuresSayHowManyMoreItTakes() {
        Verdict verdict = Judge.candidate(
                Trials.none().leaks(1).leaks(1).leaks(1).arm(),
                Trials.none().clean(3).clean(3).arm(),
                SURE);
        assertThat(verdict.word()).isEqualTo(Word.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo("too little was tried: it takes 1 more clean exposure, about 1 more trial");
        assertThat(verdict.howManyMore().orElseThrow().exposures()).hasValue(1);
    }

    @Test
    void theCandidateIsExercisedAtLeastAsMuchAsTheLeaksOfTheControl() {
        Arm control = Trials.none().leaks(40).leaks(40).arm();
        Verdict verdict = Judge.candidate(control, Trials.none().clean(79).arm(), new Standard(0.5, 1));
        assertThat(verdict.numbers().missProbability().orElseThrow()).isLessThan(0.5);
        assertThat(verdict.word()).isEqualTo(Word.INCONCLUSIVE);
        assertThat(verdict.howManyMore().orElseThrow().exposures()).hasValue(1);
        assertThat(Judge.candidate(control, Trials.none().clean(80).arm(), new Standard(0.5, 1))
                        .word())
                .isEqualTo(Word.FIXED);
    }

    @Test
    void leaksThatNoExposureExplainsAreJudgedByTrials() {
        Arm control = Trials.none().leaks(0).leaks(3).leaks(3).arm();
        Verdict verdict =
                Judge.candidate(control, Trials.none().clean(90).clean(90).arm(), SURE);
        assertThat(verdict.word()).as("180 exposures, but two trials").isEqualTo(Word.INCONCLUSIVE);
        assertThat(verdict.numbers().exposureRate()).isEmpty();
        assertThat(verdict.howManyMore().orElseThrow())
                .isEqualTo(new HowManyMore(5, java.util.OptionalInt.empty(), "it takes 5 more clean trials"));
    }

    @Test
    void exposuresOfAControlThatAreNotAllKnownMeasureNothing() {
        Arm candidate = Trials.none().clean(25).clean(25).arm();
        Arm seen = Trials.none().leaks(2).leaks(2).leaks(2).arm();
        assertThat(Judge.candidate(seen, candidate, SURE).word()).isEqualTo(Word.FIXED);
        for (Arm dim : List.of(
                Trials.none().leaks(2).leaks(2).leaksDimly(2, 14, false).arm(),
                Trials.none().leaks(2).leaks(2).leaksDimly(2, 0, true).arm())) {
            Verdict verdict = Judge.candidate(dim, candidate, SURE);
            assertThat(verdict.word()).as(verdict.explanation()).isEqualTo(Word.INCONCLUSIVE);
            assertThat(verdict.numbers().exposureRate()).isEmpty();
            assertThat(verdict.explanation()).contains("not every exposure was seen");
        }
    }

    @Test
    void aGuestThatBrokeOffForbidsFixedAndNothingElse() {
        assertThat(Judge.control(control("leaksBrokeOff")).word()).isEqualTo(Word.REPRODUCED);
        assertThat(Judge.candidate(control("leaks"), candidate("brokeOff"), SURE)
                        .reason())
                .contains("trial 9: the job took more than 300 s");
        Arm broken = Trials.none().fault("oops in new").infra().armThatBrokeOff("trial 2: it hung");
        assertThat(Judge.candidate(control("leaks"), broken, SURE).word()).isEqualTo(Word.REGRESSED);
    }

    @Test
    void whereExposuresMeasureNothingUnexercisedControlsLowerTheRate() {
        double three = rate(Trials.none().leaks(0).leaks(0).leaks(0).arm());
        double threeOfFive = rate(Trials.none()
                .leaks(0)
                .leaks(0)
                .leaks(0)
                .unexercised()
                .unexercised()
                .arm());
        assertThat(three).isCloseTo(Math.cbrt(0.05), within(1e-9));
        assertThat(threeOfFive).isCloseTo(0.189256, within(1e-5));
        assertThat(rate(Trials.none().leaks(1).leaks(1).leaks(1).unexercised().arm()))
                .as("seen exposures: an unexercised trial counts for nothing")
                .isCloseTo(three, within(1e-9));
    }

    @Test
    void aLeakWithoutAnExposureIsStillALeakButItIsSaid() {
        Verdict verdict =
                Judge.candidate(control("leaks"), Trials.none().leaks(0).arm(), SURE);
        assertThat(verdict.word()).isEqualTo(Word.STILL_REPRODUCES);
        assertThat(verdict.reason()).contains("no exposure was seen");
        assertThat(verdict.numbers().missProbability()).as("nothing was missed").isEmpty();
        assertThat(verdict.explanation()).doesNotContain("stayed clean");
    }

    @Test
    void aConfidenceThatIsNoneIsRefused() {
        for (double wrong : new double[] {0, 0.49, 1, 95, Double.NaN}) {
            assertThatThrownBy(() -> new Standard(wrong, 1)).hasMessageContaining("such as 0.95");
        }
    }

    @Test
    void theStricterOfTwoStandardsSatisfiesBoth() {
        assertThat(new Standard(0.99, 0.5).stricter(new Standard(0.9, 0.1))).isEqualTo(new Standard(0.99, 0.1));
    }

    @Test
    void aResidualThatIsNoneIsRefused() {
        for (double wrong : new double[] {0, -0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Standard(0.95, wrong)).hasMessageContaining("such as 0.1");
        }
    }

    @Test
    void aPatchThatOnlyMakesTheLeakRarerTakesMoreToRuleOut() {
        Arm control = Trials.none().leaks(1).leaks(1).leaks(1).arm();
        Verdict few = Judge.candidate(control, Trials.none().clean(30).clean(30).arm(), Standard.USUAL);
        assertThat(few.word()).isEqualTo(Word.INCONCLUSIVE);
        assertThat(few.reason())
                .isEqualTo("too little was tried: it takes 20 more clean exposures, about 1 more trial");
        Verdict enough =
                Judge.candidate(control, Trials.none().clean(40).clean(40).arm(), Standard.USUAL);
        assertThat(enough.word()).isEqualTo(Word.FIXED);
        assertThat(enough.numbers().missProbability().orElseThrow())
                .isCloseTo(Math.pow(1 - 0.1 * Math.cbrt(0.05), 80), within(1e-9));
        assertThat(enough.explanation())
                .contains("leaks at least 36.8 % of the time; a candidate that still leaked 10 % as often would have"
                        + " stayed clean with a chance of at most 4.96 %.");
    }

    @Test
    void noTrialCountsTwice() {
        org.patchproof.repro.Trial trial = Trials.none().clean(1).arm().trials().get(0);
        assertThatThrownBy(() -> new Arm.Tried(List.of(trial, trial), Custody.complete()))
                .hasMessageContaining("same number");
    }

    private static double rate(Arm control) {
        return Judge.candidate(control, candidate("enough"), SURE)
                .numbers()
                .trialRate()
                .orElseThrow();
    }
}
