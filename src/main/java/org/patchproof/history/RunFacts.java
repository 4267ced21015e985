package org.patchproof.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the history keeps of one run.
 *
 * @param id the run's name; a run is kept once
 * @param digest sha256 of its run.json
 * @param directory where its bundle lies
 */
public record RunFacts(
        String id,
        String digest,
        String directory,
        String bug,
        String patchproof,
        String state,
        Instant started,
        Instant updated,
        String host,
        String acceleration,
        List<VariantFacts> variants) {
    public RunFacts {
        Objects.requireNonNull(id);
        Objects.requireNonNull(digest);
        variants = List.copyOf(variants);
    }

    /**
     * One variant of one kernel.
     *
     * @param source sha256 of the source package
     * @param series digest over the digests of its patches
     * @param verdict as the run recorded it; empty when it was stopped before
     * @param outcome what the verdict meant for who asked; empty without a verdict
     * @param buildTime empty when nothing was built
     * @param lane {@code rpm} or {@code quick}
     */
    public record VariantFacts(
            String kernel,
            String name,
            String role,
            Optional<String> source,
            String series,
            Optional<String> verdict,
            Optional<Outcome> outcome,
            Optional<String> reason,
            int reproduced,
            int counted,
            int exposures,
            Optional<Duration> buildTime,
            String lane,
            List<PatchFacts> patches,
            List<PackageFacts> packages,
            List<TrialFacts> trials) {
        public VariantFacts {
            patches = List.copyOf(patches);
            packages = List.copyOf(packages);
            trials = List.copyOf(trials);
        }
    }

    /** What a verdict meant: good, bad, or nothing. */
    public enum Outcome {
        GOOD,
        BAD,
        INCONCLUSIVE,
        TROUBLE
    }

    /** A patch of the series. */
    public record PatchFacts(String name, String sha256) {}

    /** An RPM. */
    public record PackageFacts(String nevra, String sha256) {}

    /** A trial. */
    public record TrialFacts(int number, String outcome, int exposures, Duration elapsed) {}
}
