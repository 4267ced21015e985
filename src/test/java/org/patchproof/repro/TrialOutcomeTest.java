package org.patchproof.repro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.patchproof.console.EvidenceCollector;
import org.patchproof.console.EvidencePatterns;
import org.patchproof.console.ExposurePatterns;
import org.patchproof.repro.Trial.Outcome;

class TrialOutcomeTest {
    private static final EvidencePatterns BUG = EvidencePatterns.of(
            Pattern.compile("^it leaks"),
            new ExposurePatterns(
                    Optional.empty(),
                    Pattern.compile("kills (?<object>\\S+)"),
                    Pattern.compile("(?<who>\\w+) uses (?<object>\\S+)")));
    private static final String BEGIN = "[   10.000000] patchproof: begin";
    private static final String EXPOSURE = "[   12.000000] kills X\n[   12.500000] a uses X";
    private static final String TEARDOWN = "[   20.000000] patchproof: teardown-done";
    private static final String GONE = "[   30.000000] patchproof: devices-gone";
    private static final String LEAK = "[   31.000000] it leaks";
    private static final String WARNING = "[    5.000000] WARNING: CPU: 1 PID: 88 at net/a.c:1 foo+0x1/0x2";

    @Test
    void exercisedToTheEndWithoutTheSymptomIsClean() {
        TrialOutcome outcome = decide(BEGIN, EXPOSURE, TEARDOWN, GONE);
        assertThat(outcome.outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(outcome.exposures()).isEqualTo(1);
        assertThat(outcome.firstExposure()).contains(Duration.ofMillis(2500));
        Trial trial = outcome.asTrial(2, Duration.ofSeconds(90), "trials/2/console.log");
        assertThat(trial.number()).isEqualTo(2);
        assertThat(trial.detail()).isEqualTo("1 exposure and no symptom");
    }

    @Test
    void theTimelineSaysWhichLinesTheNumbersComeFrom() {
        assertThat(decide(BEGIN, EXPOSURE, WARNING, TEARDOWN, LEAK).timeline())
                .extracting(moment -> moment.line() + " " + moment.kind() + " " + moment.text())
                .containsExactly(
                        "1 MARK begin",
                        "3 EXPOSURE X, invalidated in line 2, used by a",
                        "4 FAULT WARNING in foo",
                        "5 MARK teardown-done",
                        "6 SYMPTOM it leaks");
        assertThat(decide(BEGIN, "kills (null)").timeline())
                .extracting(Moment::kind)
                .containsExactly(Moment.Kind.MARK, Moment.Kind.UNREADABLE);
        String[] many = new String[Timeline.MOST_OF_A_KIND + 5];
        java.util.Arrays.fill(many, LEAK);
        assertThat(decide(many).timeline()).hasSize(Timeline.MOST_OF_A_KIND);
    }

    @Test
    void aDeviceThatStaysIsTheBugEvenWhereTheKernelSaysNothing() {
        String stuck = "[   45.000000] patchproof: device-stuck dev=cli-veth";
        TrialOutcome outcome = decide(BEGIN, EXPOSURE, TEARDOWN, stuck);
        assertThat(outcome.outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(outcome.detail()).contains("a device did not go", "console.log:5");
        assertThat(outcome.symptomAt()).contains("console.log:5");
        assertThat(decide(BEGIN, TEARDOWN, stuck).outcome())
                .as("without an exposure something else may hold it")
                .isEqualTo(Outcome.INFRA);
    }

    @Test
    void theSymptomIsFoundAnywhereAfterTheBegin() {
        TrialOutcome outcome = decide(BEGIN, EXPOSURE, TEARDOWN, LEAK);
        assertThat(outcome.outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(outcome.detail()).isEqualTo("it leaks (console.log:5)");
        assertThat(outcome.symptomAt()).contains("console.log:5");
        assertThat(decide(BEGIN, LEAK).outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(decide(LEAK, BEGIN, EXPOSURE, TEARDOWN, GONE).outcome())
                .as("before the begin it is not ours")
                .isEqualTo(Outcome.CLEAN);
    }

    @Test
    void aSymptomWithoutAnObservedExposureSaysSo() {
        assertThat(decide(BEGIN, TEARDOWN, LEAK).detail()).endsWith("but not by an observed exposure");
        assertThat(decide(BEGIN, LEAK, EXPOSURE).detail())
                .as("an exposure after it did not cause it")
                .contains("not by an observed exposure");
        assertThat(decide(BEGIN, "kills (____ptrval____)", LEAK).detail()).contains("could not be told apart");
    }

    @Test
    void aFaultOfTheCandidateAloneIsAFault() {
        TrialOutcome fault = decide(WARNING, BEGIN, EXPOSURE, TEARDOWN, GONE);
        assertThat(fault.outcome()).isEqualTo(Outcome.FAULT);
        assertThat(fault.detail()).isEqualTo("WARNING in foo (console.log:1)");
        assertThat(fault.faults()).containsExactly("WARNING in foo");
        TrialOutcome known = decide(Set.of("WARNING in foo"), WARNING, BEGIN, EXPOSURE, TEARDOWN, GONE);
        assertThat(known.outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(known.faults()).containsExactly("WARNING in foo");
        assertThat(decide(WARNING, BEGIN, LEAK).outcome()).isEqualTo(Outcome.REPRODUCED);
    }

    @Test
    void aFaultBesideALateReleaseIsAFault() {
        String late = "[   31.500000] patchproof: devices-gone";
        assertThat(decide(BEGIN, EXPOSURE, TEARDOWN, LEAK, late).outcome()).isEqualTo(Outcome.INFRA);
        TrialOutcome fault = decide(BEGIN, EXPOSURE, TEARDOWN, LEAK, WARNING.replace(" 5.", "31."), late);
        assertThat(fault.outcome()).isEqualTo(Outcome.FAULT);
        assertThat(decide(Set.of("WARNING in foo"), WARNING, BEGIN, EXPOSURE, TEARDOWN, LEAK, late)
                        .outcome())
                .as("a fault that is no news leaves a late release")
                .isEqualTo(Outcome.INFRA);
    }

    @Test
    void withoutAnExposureThereIsNoEvidence() {
        assertThat(decide(BEGIN, TEARDOWN, GONE).outcome()).isEqualTo(Outcome.UNEXERCISED);
        assertThat(decide(EXPOSURE, BEGIN, TEARDOWN, GONE).outcome())
                .as("exposures of the boot are not ours")
                .isEqualTo(Outcome.UNEXERCISED);
        TrialOutcome hidden = decide(BEGIN, "kills (____ptrval____)", "a uses (____ptrval____)", TEARDOWN, GONE);
        assertThat(hidden.outcome()).isEqualTo(Outcome.UNEXERCISED);
        assertThat(hidden.unreadable()).isEqualTo(2);
        assertThat(hidden.detail()).contains("random pool");
    }

    @Test
    void aDamagedConsoleIsNeverClean() {
        String lost = "** 12 printk messages dropped **";
        TrialOutcome damaged = decide(BEGIN, EXPOSURE, lost, TEARDOWN, GONE);
        assertThat(damaged.outcome()).isEqualTo(Outcome.UNEXERCISED);
        assertThat(damaged.detail()).contains("damaged").contains("console.log:4");
        assertThat(decide(lost, BEGIN, EXPOSURE, TEARDOWN, GONE).outcome())
                .as("lost while it booted")
                .isEqualTo(Outcome.CLEAN);
    }

    @Test
    void aLeakOnADamagedConsoleIsALeakWhoseExposuresAreNotAllKnown() {
        String lost = "** 12 printk messages dropped **";
        Trial damaged = decide(BEGIN, EXPOSURE, lost, TEARDOWN, LEAK).asTrial(1, Duration.ZERO, "console.log");
        assertThat(damaged.outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(damaged.countedWhole()).isFalse();
        assertThat(decide(BEGIN, "kills (____ptrval____)", EXPOSURE, TEARDOWN, LEAK)
                        .asTrial(1, Duration.ZERO, "console.log")
                        .countedWhole())
                .isFalse();
        assertThat(decide(lost, BEGIN, EXPOSURE, TEARDOWN, LEAK)
                        .asTrial(1, Duration.ZERO, "console.log")
                        .countedWhole())
                .as("lost while it booted")
                .isTrue();
    }

    @Test
    void aScriptThatDidNotFinishIsOurFailure() {
        assertThat(decide(BEGIN, EXPOSURE, TEARDOWN).outcome()).isEqualTo(Outcome.INFRA);
        assertThat(decide(BEGIN, EXPOSURE, TEARDOWN).detail()).contains("devices-gone");
        assertThat(decide(BEGIN, EXPOSURE, GONE).detail()).contains("teardown-done");
        assertThat(decide(BEGIN, EXPOSURE, GONE, "patchproof: teardown-done").outcome())
                .as("gone before the teardown says nothing of after it")
                .isEqualTo(Outcome.INFRA);
        assertThat(decide(EXPOSURE, TEARDOWN, GONE).detail()).contains("patchproof: begin");
        assertThat(decide().outcome()).isEqualTo(Outcome.INFRA);
    }

    @Test
    void aTrialIsNotCleanWithoutAnExposure() {
        assertThatThrownBy(() -> new Trial(
                        1,
                        Outcome.CLEAN,
                        0,
                        0,
                        false,
                        List.of(),
                        "",
                        Duration.ZERO,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        List.of()))
                .hasMessageContaining("without an exposure");
    }

    private static TrialOutcome decide(String... lines) {
        return decide(Set.of(), lines);
    }

    private static TrialOutcome decide(Set<String> controlFaults, String... lines) {
        EvidenceCollector collector = new EvidenceCollector(BUG);
        collector.accept(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        return TrialOutcome.decide(collector.finish(), controlFaults, "console.log");
    }
}
