package org.patchproof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.ReleaseOptions;
import org.patchproof.pipeline.ReleaseOptions.SigningWith;
import org.patchproof.pipeline.ReleaseRequest;
import org.patchproof.pipeline.ReleaseResult;
import org.patchproof.pipeline.Releasing;
import org.patchproof.pipeline.Verification;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.VerifyResult;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.release.Tampering;
import org.patchproof.testing.Caches;
import org.patchproof.testing.ThrowAwayKey;
import org.patchproof.testing.Told;
import org.patchproof.testing.UnfixedKernel;

/** The whole way with a real kernel: proved, then released. Takes most of an hour: bench/release. */
@Tag("long")
class RealReleaseIT {
    /** Kept, so that a run that was stopped goes on. */
    private static final Path RUNS = Path.of("target/release-runs");

    @TempDir
    Path dir;

    @Test
    void aRealKernelIsProvedAndReleased() throws Exception {
        Workspace workspace = UnfixedKernel.workspace(dir.resolve("ws"));
        PlanRequest plan = PlanRequest.of("netdev-leak")
                .withKernels(List.of(UnfixedKernel.NAME))
                .withVariants(List.of("fixed"));
        VerifyResult proof = new Verification()
                .verify(
                        VerifyRequest.of(workspace, "netdev-leak")
                                .withPlan(plan)
                                .withRunsDirectory(RUNS)
                                .withCacheDirectory(Caches.shared()),
                        new Told());
        assertThat(proof.exitCode()).as("%s", proof.variants()).isEqualTo(ExitCode.HOPED);

        Path out = Path.of("target/release");
        org.patchproof.files.Trees.delete(out);
        try (ThrowAwayKey key = new ThrowAwayKey(dir, "Release Engineering <release@example.org>")) {
            ReleaseOptions options = new ReleaseOptions(
                    new SigningWith(key.fingerprint(), Optional.of(key.passphraseFile())),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("OPS-4711"),
                    0.95,
                    List.of(),
                    new TreeSet<>(),
                    Optional.empty(),
                    ReleaseOptions.Customer.tried(),
                    Optional.empty());
            ReleaseResult release = new Releasing(key.runner())
                    .release(
                            new ReleaseRequest(
                                    workspace,
                                    plan,
                                    List.of(proof.bundle()),
                                    out,
                                    Caches.shared(),
                                    Runtime.getRuntime().availableProcessors(),
                                    options),
                            new Told());
            release.versions().forEach(System.out::println);
            release.differences().forEach(System.out::println);
            assertThat(release.exitCode()).isEqualTo(ExitCode.HOPED);
            assertThat(release.differences()).isEmpty();
            assertThat(Files.readString(out.resolve("RELEASE.md")))
                    .contains("FIXED: without the fix", "carried the bug's traffic for 60 s without a fault");
            JsonNode trial = new ObjectMapper()
                    .readTree(out.resolve("customer/customer.json").toFile());
            System.out.println(trial.toPrettyString());
            assertThat(trial.path("refused").findValuesAsText("kind")).isEqualTo(Tampering.kinds());
            assertThat(trial.path("starts").findValuesAsText("what"))
                    .containsExactly("update", "traffic", "remove", "back");
        }
    }
}
