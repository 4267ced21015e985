package org.patchproof.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a history answers. */
public final class Answers {
    private Answers() {}

    /** A verdict in its run. */
    public record VerdictAt(
            Instant started,
            String run,
            String bug,
            String kernel,
            String variant,
            String role,
            String verdict,
            RunFacts.Outcome outcome,
            int reproduced,
            int counted,
            int exposures,
            String source,
            String series,
            String digest,
            String directory,
            String lane) {
        /** The verdict, with the lane where it is not that of what ships. */
        public String label() {
            return lane.equals("rpm") ? verdict : verdict + " (" + lane + ")";
        }
    }

    /**
     * A kernel's variant that is bad now.
     *
     * @param lastGood the last good verdict before it became bad; empty when it never was good
     * @param firstBad the first bad one since then
     * @param sourceChanged whether the source package changed between the two
     * @param patchesChanged whether the patches did
     */
    public record Turn(
            Optional<VerdictAt> lastGood, VerdictAt firstBad, boolean sourceChanged, boolean patchesChanged) {}

    /**
     * The same source and the same patches, and verdicts both good and bad, or mostly none.
     *
     * @param good verdicts as hoped
     * @param bad verdicts that say no
     * @param inconclusive verdicts that conclude nothing
     * @param reproduced trials that showed the bug, of {@code counted}
     */
    public record Flaky(
            String bug,
            String kernel,
            String variant,
            String series,
            int good,
            int bad,
            int inconclusive,
            int reproduced,
            int counted) {}

    /**
     * How long builds and trials of a kernel's variant took.
     *
     * @param builds how many are known; the times are empty for none
     */
    public record Times(
            String kernel,
            String variant,
            int builds,
            Optional<Duration> medianBuild,
            int trials,
            Optional<Duration> medianTrial,
            Optional<Duration> longestTrial) {}

    /** How much a history holds. */
    public record Size(long runs, long verdicts, long trials) {}
}
