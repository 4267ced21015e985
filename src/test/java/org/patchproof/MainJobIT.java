package org.patchproof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.ExitCode;
import org.patchproof.pipeline.VariantResult;
import org.patchproof.pipeline.Verification;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.pipeline.VerifyResult;
import org.patchproof.testing.Caches;
import org.patchproof.testing.Told;
import org.patchproof.testing.WrongFixes;

/**
 * The main job: a real Linux 6.1, built without the fix, with it, and with a patch that makes the leak
 * rarer; the real bug provoked in real machines. All other wrong fixes: {@code bench/wrong-fixes}.
 */
class MainJobIT {
    @TempDir
    Path dir;

    @Test
    void theControlLeaksUpstreamsFixFixesItAndARarerLeakIsNoFix() throws Exception {
        List<WrongFixes> rarer = WrongFixes.all().stream()
                .filter(wrong -> wrong.name().equals("leaks-less-often"))
                .toList();
        VerifyRequest request = VerifyRequest.of(WrongFixes.workspace(dir, rarer), "netdev-leak")
                .withRunsDirectory(Path.of("target/runs"))
                .withCacheDirectory(Caches.shared());

        VerifyResult result = new Verification().verify(request, new Told());

        assertThat(result.variants())
                .extracting(
                        variant -> variant.variant() + " " + variant.verdict().word())
                .as("%s", explanations(result))
                .containsExactly("control REPRODUCED", "leaks-less-often STILL_REPRODUCES", "fixed FIXED");
        assertThat(result.exitCode()).isEqualTo(ExitCode.SAYS_NO);
        assertThat(result.bundle().resolve("run.json")).exists();
        assertThat(result.bundle().resolve("work")).doesNotExist();
    }

    private static List<String> explanations(VerifyResult result) {
        return result.variants().stream()
                .map(VariantResult::verdict)
                .map(verdict -> verdict.explanation())
                .toList();
    }
}
