package org.patchproof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.ProgressListener;
import org.patchproof.pipeline.Step;
import org.patchproof.pipeline.VariantResult;
import org.patchproof.pipeline.Verification;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.VerifyResult;
import org.patchproof.plan.Workspace;
import org.patchproof.testing.Caches;
import org.patchproof.verdict.Verdict.Word;

/** The main job: a real Linux 6.1, built twice, the real bug provoked in real machines. */
class MainJobIT {

    @Test
    void theControlLeaksAndUpstreamsFixFixesIt() {
        VerifyRequest request = VerifyRequest.of(Workspace.at(Path.of(".")), "netdev-leak")
                .withRunsDirectory(Path.of("target/runs"))
                .withCacheDirectory(Caches.shared());

        VerifyResult result = new Verification().verify(request, new Told());

        assertThat(result.variants()).extracting(VariantResult::variant).containsExactly("control", "fixed");
        assertThat(result.variants())
                .extracting(variant -> variant.verdict().word())
                .as("%s", result.variants())
                .containsExactly(Word.REPRODUCED, Word.FIXED);
        assertThat(result.exitCode()).isEqualTo(ExitCode.HOPED);
        assertThat(result.bundle().resolve("run.json")).exists();
        assertThat(result.bundle().resolve("work")).doesNotExist();
    }

    /** Tells on the build's log what goes on: a test of many minutes must not be silent. */
    private static final class Told implements ProgressListener {
        @Override
        public void started(String kernel, String variant, Step step, String detail, Optional<Duration> estimate) {}

        @Override
        public void progressed(String kernel, String variant, Step step, String detail) {}

        @Override
        public void finished(String kernel, String variant, Step step, Duration elapsed, String detail) {
            System.out.printf("%s/%s %s %.1f s %s%n", kernel, variant, step, elapsed.toMillis() / 1000.0, detail);
        }

        @Override
        public void note(String text) {
            System.out.println(text);
        }
    }
}
