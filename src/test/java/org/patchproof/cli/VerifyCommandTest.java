package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchproof.pipeline.CompilerCachePolicy;
import org.patchproof.pipeline.Judging;
import org.patchproof.pipeline.TroubleException;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.plan.PlanException;
import org.patchproof.plan.Problem;
import org.patchproof.plan.SrpmOverride;
import org.patchproof.plan.VariantRole;
import org.patchproof.process.Command;
import org.patchproof.testing.FakeRunner;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.StoppingRule;
import org.patchproof.verdict.Verdict.Word;

class VerifyCommandTest {
    private final CommandBench bench = new CommandBench();

    @Test
    void asHopedIsZeroAndSaysWhereTheEvidenceIs() {
        bench.verifier
                .says("control", VariantRole.CONTROL, Word.REPRODUCED)
                .says("fixed", VariantRole.CANDIDATE, Word.FIXED);
        assertThat(bench.verify()).isZero();
        assertThat(bench.out()).contains("fake-1.0  fixed    FIXED", "Evidence: runs/1", "Exit code 0");
        assertThat(bench.err()).contains("fake-1.0 control: building the packages: done in 1 min 1 s");
    }

    @Test
    void theWorstVerdictIsTheExitCode() {
        bench.verifier.says("control", VariantRole.CONTROL, Word.NOT_REPRODUCED);
        assertThat(bench.verify()).isEqualTo(3);
        bench.verifier.says("a", VariantRole.CANDIDATE, Word.INCONCLUSIVE, Optional.of("no disk"));
        assertThat(bench.verify()).isEqualTo(4);
        bench.verifier.says("b", VariantRole.CANDIDATE, Word.STILL_REPRODUCES);
        assertThat(bench.verify()).isEqualTo(1);
    }

    @Test
    void optionsBecomeTheRequest() {
        bench.verify(
                "--kernel",
                "fake-1.0",
                "--variant",
                "fixed",
                "--variant",
                "reworked",
                "--profile",
                "slow",
                "--trials",
                "5",
                "--max-trials",
                "8",
                "--confidence",
                "0.99",
                "--residual",
                "0.2",
                "--max-time",
                "1h30m",
                "--jobs",
                "3",
                "--out",
                "/tmp/r",
                "--resume",
                "/tmp/r/1",
                "--trials-only",
                "--no-ccache",
                "--accel",
                "tcg",
                "--srpm",
                "k.src.rpm",
                "--srpm-sha256",
                "ab");
        VerifyRequest asked = bench.verifier.asked();
        assertThat(asked.workspace().root().toString()).endsWith("plan/good");
        assertThat(asked.plan().bug()).isEqualTo("demo");
        assertThat(asked.plan().kernels()).containsExactly("fake-1.0");
        assertThat(asked.plan().variants()).containsExactly("fixed", "reworked");
        assertThat(asked.plan().profile()).contains("slow");
        assertThat(asked.plan().overrides())
                .isEqualTo(Map.of("fake-1.0", new SrpmOverride("k.src.rpm", Optional.of("ab"))));
        assertThat(asked.stopping()).isEqualTo(new StoppingRule(new Standard(0.99, 0.2), 5, 8));
        assertThat(asked.maxTime()).contains(Duration.ofMinutes(90));
        assertThat(asked.jobs()).isEqualTo(3);
        assertThat(asked.runsDirectory()).isEqualTo(Path.of("/tmp/r"));
        assertThat(asked.resume()).contains(Path.of("/tmp/r/1"));
        assertThat(asked.compilerCache()).isEqualTo(CompilerCachePolicy.OFF);
        assertThat(asked.acceleration()).contains("tcg");
        assertThat(asked.judging()).isEqualTo(Judging.LATER);
    }

    @Test
    void withoutOptionsItAsksForTheDefaultsInItsOwnWorkspace() {
        bench.run("verify", "demo");
        VerifyRequest asked = bench.verifier.asked();
        assertThat(asked.plan().kernels()).isEmpty();
        assertThat(asked).isEqualTo(VerifyRequest.of(asked.workspace(), "demo"));
    }

    @Test
    void anSrpmNamesItsKernelOrThereIsOnlyOne() {
        assertThat(bench.verify("--srpm", "el7-fake=/a=b.rpm")).isEqualTo(3);
        assertThat(bench.verifier.asked().plan().overrides())
                .containsEntry("el7-fake", new SrpmOverride("/a=b.rpm", Optional.empty()));
        assertThat(bench.verify("--srpm", "/a.rpm")).isEqualTo(2);
        assertThat(bench.err()).contains("--srpm /a.rpm", "--srpm KERNEL=/a.rpm");
        assertThat(bench.verify("--srpm-sha256", "el7-fake=00")).isEqualTo(2);
        assertThat(bench.verify("--srpm", "k=a", "--srpm", "k=b")).isEqualTo(2);
    }

    @Test
    void numbersThatMakeNoSenseAreRefusedBeforeAnythingRuns() {
        assertThat(bench.verify("--trials", "0")).isEqualTo(2);
        assertThat(bench.verify("--trials", "three")).isEqualTo(2);
        assertThat(bench.verify("--confidence", "95")).isEqualTo(2);
        assertThat(bench.verify("--residual", "10")).isEqualTo(2);
        assertThat(bench.verify("--max-trials", "2")).isEqualTo(2);
        assertThat(bench.verify("--max-time", "soon")).isEqualTo(2);
        assertThat(bench.verify("--max-time", "")).isEqualTo(2);
        assertThat(bench.verify("--accel", "xen")).isEqualTo(2);
        assertThat(bench.err()).contains("'soon' is no duration: write 90s", "confidence: 95.0", "xen");
        assertThat(bench.verifier.wasAsked()).isFalse();
    }

    @Test
    void jsonIsAllThatStandsOnStandardOutput() throws IOException {
        bench.verifier.says("control", VariantRole.CONTROL, Word.REPRODUCED);
        assertThat(bench.verify("--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(bench.out());
        assertThat(json.at("/exitCode").asInt(-1)).isZero();
        assertThat(json.at("/outcome").asText()).isEqualTo("HOPED");
        assertThat(json.at("/bundle").asText()).isEqualTo("runs/1");
        JsonNode variant = json.at("/variants/0");
        assertThat(variant.at("/verdict/word").asText()).isEqualTo("REPRODUCED");
        assertThat(variant.at("/verdict/numbers/control/trials").asInt(-1)).isZero();
        assertThat(variant.at("/trials/0/outcome").asText()).isEqualTo("INFRA");
        assertThat(variant.at("/buildTime").asText()).isEqualTo("PT1M1S");
        assertThat(variant.has("trouble")).isFalse();
    }

    @Test
    void allProblemsOfAPlanAreShown() {
        Problem one = new Problem(Path.of("a.yaml"), 3, 1, "is wrong", "Mend it.");
        Problem two = new Problem(Path.of("b.yaml"), 0, 0, "is gone", "Bring it back.");
        bench.verifier.fails(new PlanException(java.util.List.of(one, two)));
        assertThat(bench.verify()).isEqualTo(2);
        assertThat(bench.err()).contains("2 problems", "a.yaml:3:1: is wrong", "Mend it.", "b.yaml: is gone");
    }

    @Test
    void eachFailureHasItsExitCodeAndNoTrace() {
        assertThat(failing(new WrongRequestException("no such bundle", "Name one.")))
                .isEqualTo(2);
        assertThat(failing(new TroubleException("no disk", "Buy one."))).isEqualTo(4);
        assertThat(failing(new UncheckedIOException(new NoSuchFileException("/x"))))
                .isEqualTo(4);
        assertThat(failing(new IllegalStateException("oops"))).isEqualTo(4);
        assertThat(bench.err())
                .contains(
                        "no such bundle\n    Name one.",
                        "no disk\n    Buy one.",
                        "/x: no such file",
                        "a mistake in patchproof itself: java.lang.IllegalStateException: oops")
                .doesNotContain("\tat ");
        assertThat(bench.out()).isEmpty();
    }

    @Test
    void aFailedCommandShowsItsTranscript() {
        RuntimeException e = new org.patchproof.process.CommandException(
                new FakeRunner().answer("rpm", 1, "error: no such thing").run(Command.of("rpm", "-q")));
        assertThat(failing(e)).isEqualTo(4);
        assertThat(bench.err()).contains("$ rpm -q", "error: no such thing", "exit code 1");
    }

    @Test
    void tracesAreForThoseWhoAskForThem() {
        CommandBench debug = new CommandBench(Screen.Kind.PIPE, Map.of("PATCHPROOF_DEBUG", "1"));
        debug.verifier.fails(new TroubleException("no disk", "Buy one."));
        assertThat(debug.verify()).isEqualTo(4);
        assertThat(debug.err()).contains("TroubleException: no disk", "\tat ");
    }

    @Test
    void aWorkspaceThatIsNoneIsSaidToBeNone() {
        assertThat(bench.run("verify", "demo", "-C", "/nonexistent")).isEqualTo(2);
        assertThat(bench.err()).contains("/nonexistent: no such folder");
    }

    @Test
    void anInterruptedRunSaysHowToGoOn() {
        Interruption interruption = Interruption.watch(bench.screen(), "patchproof verify demo");
        assertThat(interruption.message()).isEqualTo("interrupted before anything was kept");
        interruption.bundle(Path.of("runs/1"));
        assertThat(interruption.message()).contains("Go on with:\n    patchproof verify demo --resume runs/1");
        interruption.close();
    }

    private int failing(RuntimeException e) {
        bench.verifier.fails(e);
        return bench.verify();
    }
}
