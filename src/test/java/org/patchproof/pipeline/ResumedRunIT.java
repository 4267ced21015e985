package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.testing.PlayedMachine;

/** What a run had finished is there at any moment of a later one, and counts only under the same conditions. */
class ResumedRunIT {
    private static final String EVIDENCE = """
            evidence:
              symptom: 'route \\S+ is still held'
              exposure: {invalidated: 'route (?<object>\\S+) deleted', passed: 'route (?<object>\\S+) used'}
            """;

    @TempDir
    Path dir;

    private final PlayedMachine machine = new PlayedMachine();
    private Workspace workspace;

    @BeforeEach
    void workspace() throws Exception {
        workspace = FakeWorkspace.make(dir.resolve("ws"));
        Path bug = workspace.bugFile("demo");
        Files.writeString(
                bug, Files.readString(bug).replaceFirst("(?s)evidence:.*(?=kernels:)", EVIDENCE.replace("\\", "\\\\")));
        machine.guest(
                dir.resolve("cache"),
                PlanLoader.load(workspace, PlanRequest.of("demo"))
                        .cells()
                        .get(0)
                        .guest(),
                Map.of("vmlinuz", "a kernel", "initrd", "an initrd"));
    }

    @Test
    void noTrialOfTheEarlierRunIsLostWhereverALaterOneEnds() throws Exception {
        Path bundle = verify(request("control", "fixed"), new Heard()).bundle();
        RunRecord first = Bundle.read(bundle);
        assertThat(first.cells().get(0).variants())
                .hasSize(2)
                .allSatisfy(variant -> assertThat(variant.trials()).isNotEmpty());
        VerifyRequest again = request("control", "fixed").withResume(bundle);

        for (Step end : List.of(Step.SOURCE, Step.GUEST, Step.JUDGE)) {
            assertThatThrownBy(() -> verify(again, new StoppedAt(end))).hasMessage("Ctrl-C");
            assertThat(trials(Bundle.read(bundle))).as("stopped at %s", end).isEqualTo(trials(first));
        }

        verify(request("control").withConfidence(0.9).withResume(bundle), new Heard());
        assertThat(Bundle.read(bundle).asked()).isEqualTo(first.asked());
        assertThat(trials(Bundle.read(bundle)))
                .as("what was not asked for again")
                .isEqualTo(trials(first));

        byte[] before = Files.readAllBytes(bundle.resolve(Bundle.RECORD));
        refused(again.withAcceleration("kvm"), "acceleration: tcg in run");
        refused(again.withPlan(PlanRequest.of("other")), "other");
        assertThatThrownBy(() -> new Verification(machine, FakeHost.withProcessors(1)).verify(again, new Heard()))
                .hasMessageContaining("processors at once: 2 in run");
        Files.writeString(workspace.bugFile("demo"), "# changed\n", StandardOpenOption.APPEND);
        refused(again, "patches or the bug's files");
        assertThat(Files.readAllBytes(bundle.resolve(Bundle.RECORD))).isEqualTo(before);
    }

    @Test
    void nothingIsBuiltBesideWhatAnotherCompilerBuilt() throws Exception {
        Path bundle = verify(request("control", "fixed"), new Heard()).bundle();
        Path record = bundle.resolve(Bundle.RECORD);
        Files.writeString(
                record, Files.readString(record).replaceAll("\"compiler\" : \"[^\"]+\"", "\"compiler\" : \"9.9.9\""));
        for (RunRecord.Package rpm : Bundle.read(bundle)
                .cells()
                .get(0)
                .variants()
                .get(1)
                .build()
                .orElseThrow()
                .packages()) {
            Files.delete(bundle.resolve(rpm.file()));
        }
        refused(
                request("control", "fixed").withResume(bundle),
                "control was built by gcc 9.9.9; fixed would be by gcc ");
    }

    private static List<String> trials(RunRecord run) {
        return run.cells().get(0).variants().stream()
                .flatMap(variant -> variant.trials().stream()
                        .map(trial -> variant.name() + " " + trial.trial().number() + " "
                                + trial.trial().outcome() + " " + trial.ended()))
                .toList();
    }

    private void refused(VerifyRequest request, String words) {
        assertThatThrownBy(() -> verify(request, new Heard())).hasMessageContaining(words);
    }

    private VerifyRequest request(String... variants) {
        return VerifyRequest.of(workspace, "demo")
                .withPlan(PlanRequest.of("demo").withVariants(List.of(variants)))
                .withRunsDirectory(dir.resolve("runs"))
                .withCacheDirectory(dir.resolve("cache"))
                .withJobs(15)
                .withAcceleration("tcg");
    }

    private VerifyResult verify(VerifyRequest request, ProgressListener listener) {
        return new Verification(machine, FakeHost.withProcessors(15)).verify(request, listener);
    }

    /** A person who has seen enough when a step begins. */
    private record StoppedAt(Step step) implements ProgressListener {
        @Override
        public void started(String kernel, String variant, Step begun, String detail, Optional<Duration> estimate) {
            if (begun == step) {
                throw new IllegalStateException("Ctrl-C");
            }
        }

        @Override
        public void progressed(String kernel, String variant, Step one, String detail) {}

        @Override
        public void finished(String kernel, String variant, Step one, Duration elapsed, String detail) {}

        @Override
        public void note(String text) {}
    }
}
