package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.repro.Trial;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.testing.PlayedMachine;

/** Trials of a host with room for many guests, with machines that are played: more at once, the same verdicts. */
class TrialsAtOnceIT {
    private static final PlanRequest PLAN = PlanRequest.of("demo").withVariants(List.of("control", "fixed"));

    @TempDir
    Path dir;

    private final PlayedMachine machine = new PlayedMachine();
    private final Heard told = new Heard();
    private Workspace workspace;

    @BeforeEach
    void workspace() throws Exception {
        workspace = FakeWorkspace.make(dir.resolve("ws"));
        FakeWorkspace.makeItLeak(workspace);
        machine.guest(
                dir.resolve("cache"),
                PlanLoader.load(workspace, PLAN).cells().get(0).guest(),
                Map.of("vmlinuz", "a kernel", "initrd", "an initrd"));
    }

    @Test
    void aHostWithRoomRunsTheFewestTrialsOfBothArmsAtOnce() throws Exception {
        VerifyResult alone = verify(2);
        assertThat(mostAtOnce()).isEqualTo(1);
        told.steps().clear();
        VerifyResult together = verify(15);

        assertThat(mostAtOnce()).as("all that the control's first left").isEqualTo(5);
        assertThat(together.variants())
                .extracting(one -> one.variant() + " " + one.verdict().word())
                .containsExactly("control REPRODUCED", "fixed FIXED")
                .isEqualTo(alone.variants().stream()
                        .map(one -> one.variant() + " " + one.verdict().word())
                        .toList());
        for (VariantResult variant : together.variants()) {
            List<Trial> trials = variant.trials();
            assertThat(trials)
                    .extracting(Trial::number)
                    .isEqualTo(IntStream.rangeClosed(1, trials.size()).boxed().toList());
            assertThat(trials)
                    .extracting(Trial::console)
                    .doesNotHaveDuplicates()
                    .allSatisfy(console -> assertThat(together.bundle().resolve(console.replaceAll(":\\d+$", "")))
                            .isNotEmptyFile());
        }
        assertThat(Files.readString(together.bundle().resolve("run.json"))).contains("\"host.guests\" : \"5\"");
    }

    private VerifyResult verify(int processors) throws Exception {
        VerifyRequest request = VerifyRequest.of(workspace, "demo")
                .withPlan(PLAN)
                .withRunsDirectory(dir.resolve("runs-" + processors))
                .withCacheDirectory(dir.resolve("cache"))
                .withJobs(processors)
                .withAcceleration("tcg");
        return new Verification(machine, FakeHost.withProcessors(processors)).verify(request, told);
    }

    /** How many trials were under way at once, by what the listener was told. */
    private int mostAtOnce() {
        Pattern trial = Pattern.compile(".*, trial \\d+ TRIAL");
        int now = 0;
        int most = 0;
        for (String line : new ArrayList<>(told.steps())) {
            if (trial.matcher(line).matches()) {
                now += line.startsWith("begun") ? 1 : line.startsWith("ended") ? -1 : 0;
                most = Math.max(most, now);
            }
        }
        return most;
    }
}
