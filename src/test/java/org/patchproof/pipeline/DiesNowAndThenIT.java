package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/** A fix whose kernel does not come up each time, in machines that are played: it is not called fixed. */
class DiesNowAndThenIT {
    private static final PlanRequest PLAN = PlanRequest.of("demo").withVariants(List.of("control", "fixed"));

    @TempDir
    Path dir;

    private Workspace workspace;

    @BeforeEach
    void workspace() throws Exception {
        workspace = FakeWorkspace.make(dir.resolve("ws"));
        FakeWorkspace.makeItLeak(workspace);
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

    private VerifyResult verify(String mood, VerifyRequest request) throws Exception {
        PlayedMachine machine = new PlayedMachine(new LeashedRunner(), mood);
        machine.guest(
                dir.resolve("cache"),
                PlanLoader.load(workspace, PLAN).cells().get(0).guest(),
                Map.of("vmlinuz", "a kernel", "initrd", "an initrd"));
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
