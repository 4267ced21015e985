package org.patchproof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.VariantResult;
import org.patchproof.pipeline.Verification;
import org.patchproof.pipeline.VerifyRequest;
import org.patchproof.testing.Caches;
import org.patchproof.testing.Told;
import org.patchproof.testing.WrongFixes;
import org.patchproof.verdict.Verdict;

/** Every patch that looks like a fix and is none, on a real kernel. Takes an hour: see pom.xml, "long". */
@Tag("long")
class WrongFixesIT {
    @TempDir
    Path dir;

    @Test
    void eachEndsInItsRightVerdictAndNoneInFixed() throws Exception {
        List<WrongFixes> wrong = WrongFixes.all();
        VerifyRequest request = VerifyRequest.of(WrongFixes.workspace(dir, wrong), "netdev-leak")
                .withTrials(1)
                .withMostTrials(2)
                .withRunsDirectory(Path.of("target/runs"))
                .withCacheDirectory(Caches.shared());
        request = request.withPlan(request.plan()
                .withKernels(List.of("linux-6.1"))
                .withVariants(wrong.stream().map(WrongFixes::name).toList()));

        Map<String, VariantResult> results = new Verification()
                .verify(request, new Told()).variants().stream()
                        .collect(Collectors.toMap(VariantResult::variant, Function.identity()));

        assertThat(results).hasSize(wrong.size() + 1);
        for (WrongFixes one : wrong) {
            Verdict verdict = results.get(one.name()).verdict();
            System.out.println(one.name() + ": " + verdict.explanation());
            assertThat(verdict.word()).as(verdict.explanation()).isEqualTo(one.word());
            assertThat(verdict.reason()).contains(one.words());
        }
    }
}
