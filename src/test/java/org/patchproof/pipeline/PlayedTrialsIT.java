package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.testing.PlayedMachine;
import org.patchproof.verdict.Verdict;

/** Trials that do not go as they should, in machines that are played: what is said of the fix then. */
class PlayedTrialsIT {
    private static final PlanRequest PLAN = PlanRequest.of("demo").withVariants(List.of("control", "fixed"));

    @TempDir
    Path dir;

    private Workspace workspace;

    @BeforeEach
    void workspace() throws Exception {
        workspace = FakeWorkspace.make(dir.resolve("ws"));
        FakeWorkspace.makeItLeak(workspace);
        new PlayedMachine()
                .guest(
                        dir.resolve("cache"),
                        PlanLoader.load(workspace, PLAN).cells().get(0).guest(),
                        Map.of("vmlinuz", "a kernel", "initrd", "an initrd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"the-fixed-panics-at-its-second-start", "the-fixed-panics-before-it-says-what-it-is"})
    void aPanicIsTheKernelsOwnThoughItBootedBeforeAndResumingDoesNotAskAgain(String mood) throws Exception {
        VerifyResult result = verify(mood, request());

        assertThat(fixed(result).word()).as(fixed(result).explanation()).isEqualTo(Verdict.Word.BOOT_FAILED);
        assertThat(fixed(result).explanation() + fixed(result).reason()).contains("panic");
        assertThat(result.exitCode()).isEqualTo(ExitCode.SAYS_NO);

        VerifyResult again = verify("good", request().withResume(result.bundle()));
        assertThat(fixed(again)).isEqualTo(fixed(result));
    }

    @Test
    void aGuestThatIsGoneBeforeItSaidWhatItBootedMayHaveBeenKilledByThePatch() throws Exception {
        VerifyResult result = verify("the-fixed-is-gone-before-it-says-what-it-is", request());

        assertThat(fixed(result).word()).as(fixed(result).explanation()).isEqualTo(Verdict.Word.INCONCLUSIVE);
        assertThat(fixed(result).reason()).contains("trial 2: the machine ended by itself");
    }

    @Test
    void aControlThatLeakedHasAnsweredWhateverItsOtherTrialsWereLostBy() throws Exception {
        VerifyResult result = verify("the-control-is-gone-but-for-its-first-trial", request());

        VariantResult control = result.variants().get(0);
        assertThat(control.verdict().word()).as(control.verdict().explanation()).isEqualTo(Verdict.Word.REPRODUCED);
        assertThat(control.trials()).as("and so many are made up for").hasSize(5);
        assertThat(fixed(result).reason()).doesNotContain("was not tried", "custody");
        assertThat(result.exitCode()).isNotEqualTo(ExitCode.INFRASTRUCTURE);
    }

    @Test
    void twoDevicesThatComplainAtOnceAndThenGoAreALateRelease() throws Exception {
        VerifyResult result = verify("the-first-of-the-fixed-releases-late", request());

        assertThat(fixed(result).word()).as(fixed(result).explanation()).isEqualTo(Verdict.Word.FIXED);
        assertThat(fixed(result).explanation()).contains("a late release on a slow host is no leak");
    }

    @Test
    void aFaultOfBothArmsIsNoNewsWhereTheyAreTriedApartEither() throws Exception {
        for (String alone : List.of("control", "fixed")) {
            PlanRequest plan = PlanRequest.of("demo").withVariants(List.of(alone));
            VerifyResult result =
                    verify("a-fault-under-traffic", request().withPlan(plan).withJudging(Judging.LATER));
            assertThat(result.variants()).hasSize(1);
            assertThat(result.variants().get(0).trials())
                    .allSatisfy(trial -> assertThat(trial.faults()).containsExactly("WARNING in find_exception"));
        }
        ReportResult report = Reporting.report(
                new ReportRequest(List.of(dir.resolve("runs")), dir.resolve("report"), Optional.empty()));
        assertThat(report.findings().variants())
                .extracting(variant -> variant.name() + " " + variant.verdict().word())
                .containsExactlyInAnyOrder("control REPRODUCED", "fixed FIXED");
    }

    @Test
    void theTimeForTrialsBeginsWithTheFirst() throws Exception {
        VerifyResult result = verify("good", request().withMaxTime(Duration.ofMillis(1)));

        assertThat(result.variants().get(0).trials()).as("not with the builds").hasSize(1);
        assertThat(result.variants().get(1).trials()).isEmpty();
    }

    private VerifyResult verify(String mood, VerifyRequest request) throws Exception {
        PlayedMachine machine = new PlayedMachine(new LeashedRunner(), mood);
        return new Verification(machine, FakeHost.withProcessors(2)).verify(request, new Heard());
    }

    private VerifyRequest request() {
        return VerifyRequest.of(workspace, "demo")
                .withPlan(PLAN)
                .withRunsDirectory(dir.resolve("runs"))
                .withCacheDirectory(dir.resolve("cache"))
                .withJobs(2)
                .withAcceleration("tcg");
    }

    private static Verdict fixed(VerifyResult result) {
        return result.variants().stream()
                .filter(one -> one.variant().equals("fixed"))
                .findFirst()
                .orElseThrow()
                .verdict();
    }
}
