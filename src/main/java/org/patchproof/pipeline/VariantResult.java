package org.patchproof.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.plan.VariantRole;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Verdict;

/**
 * What a run found out about one variant.
 *
 * @param kernel the kernel's name
 * @param variant the variant's name
 * @param role what the variant is for
 * @param verdict what is concluded
 * @param trials in the order in which they were made; empty when it never came so far
 * @param buildTime wall time of the package build; zero when the package came from the cache
 * @param trouble what failed on our side, when that is why nothing can be concluded
 */
public record VariantResult(
        String kernel,
        String variant,
        VariantRole role,
        Verdict verdict,
        List<Trial> trials,
        Duration buildTime,
        Optional<String> trouble) {
    public VariantResult {
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(variant);
        Objects.requireNonNull(role);
        Objects.requireNonNull(verdict);
        trials = List.copyOf(trials);
        Objects.requireNonNull(buildTime);
        Objects.requireNonNull(trouble);
    }

    /** What this variant alone would make of the run. */
    public ExitCode exitCode() {
        return ExitCode.of(verdict.word(), role, trouble);
    }
}
