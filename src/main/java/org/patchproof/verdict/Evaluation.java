package org.patchproof.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.patchproof.repro.Trial.Outcome;
import org.patchproof.verdict.Numbers.LeftOut;

/** Both arms with their numbers, before a word is said. */
record Evaluation(Tally control, Tally candidate, Numbers numbers, Standard standard) {

    static Evaluation of(Tally control, Tally candidate, Standard standard) {
        List<LeftOut> leftOut = new ArrayList<>(control.leftOut("control"));
        leftOut.addAll(candidate.leftOut("candidate"));
        boolean known = control.has(Outcome.REPRODUCED);
        boolean byExposure = known && control.leaksWereObserved();
        double confidence = standard.confidence();
        double trialRate =
                Statistics.trialRate(control.with(Outcome.REPRODUCED).size(), trialsOfControl(control), confidence);
        double exposureRate = byExposure ? Statistics.exposureRate(control.observed(), confidence) : 0;
        double miss = byExposure
                ? Statistics.miss(standard.ruledOut(exposureRate), candidate.exposures(Outcome.CLEAN))
                : Statistics.miss(
                        standard.ruledOut(trialRate),
                        candidate.with(Outcome.CLEAN).size());
        Numbers numbers = new Numbers(
                control.count(),
                candidate.count(),
                OptionalDouble.of(Statistics.fisher(control.count(), candidate.count())),
                known && !candidate.has(Outcome.REPRODUCED) ? OptionalDouble.of(miss) : OptionalDouble.empty(),
                OptionalDouble.of(standard.residual()),
                known ? OptionalDouble.of(trialRate) : OptionalDouble.empty(),
                byExposure ? OptionalDouble.of(exposureRate) : OptionalDouble.empty(),
                OptionalDouble.of(confidence),
                leftOut);
        return new Evaluation(control, candidate, numbers, standard);
    }

    /** Where leaks were not seen to come from exposures, unexercised trials are trials like any other. */
    private static int trialsOfControl(Tally control) {
        int counted = control.count().counted();
        return control.leaksWereObserved()
                ? counted
                : counted + control.with(Outcome.UNEXERCISED).size();
    }

    Verdict verdict(Finding finding) {
        return new Verdict(
                finding.word(),
                finding.reason(),
                numbers,
                Explanation.ofCandidate(finding, numbers),
                finding.howManyMore());
    }

    /**
     * What lacks until FIXED may be said; empty when nothing does, or when the control's rate is not
     * known.
     */
    Optional<HowManyMore> howManyMore() {
        if (!control.has(Outcome.REPRODUCED)) {
            return Optional.empty();
        }
        int trials = candidate.with(Outcome.CLEAN).size();
        int exposures = candidate.exposures(Outcome.CLEAN);
        int asControl = Math.max(1, control.exposures(Outcome.REPRODUCED));
        boolean byExposure = numbers.exposureRate().isPresent();
        double rate = (byExposure ? numbers.exposureRate() : numbers.trialRate()).orElseThrow();
        int forMiss = Statistics.needed(standard.ruledOut(rate), standard.confidence());
        int moreExposures = Math.max(0, Math.max(asControl, byExposure ? forMiss : 0) - exposures);
        int moreTrials = Math.max(trialsFor(moreExposures), byExposure ? 0 : Math.max(0, forMiss - trials));
        if (moreTrials == 0) {
            return Optional.empty();
        }
        return Optional.of(
                byExposure
                        ? new HowManyMore(moreTrials, OptionalInt.of(moreExposures), words(moreTrials, moreExposures))
                        : new HowManyMore(
                                moreTrials,
                                OptionalInt.empty(),
                                "it takes " + moreTrials + " more clean " + plural(moreTrials, "trial")));
    }

    /** How many trials have so many exposures, going by the trials there were. */
    private int trialsFor(int more) {
        Tally like = candidate.has(Outcome.CLEAN) ? candidate : control;
        double each = Math.max(
                1.0,
                (double) like.count().exposures() / Math.max(1, like.count().counted()));
        return (int) Math.ceil(more / each);
    }

    private static String words(int trials, int exposures) {
        return String.format(
                Locale.ROOT,
                "it takes %d more clean %s, about %d more %s",
                exposures,
                plural(exposures, "exposure"),
                trials,
                plural(trials, "trial"));
    }

    private static String plural(int count, String noun) {
        return count == 1 ? noun : noun + "s";
    }
}
