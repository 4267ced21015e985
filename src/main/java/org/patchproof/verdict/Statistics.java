package org.patchproof.verdict;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * The mathematics of the judge.
 *
 * <p><b>The model.</b> In the control each exposure leaks with the same probability q, independently
 * of the others. A trial i with e<sub>i</sub> exposures shows the symptom with probability
 * p<sub>i</sub> = 1 - (1 - q)<sup>e<sub>i</sub></sup>. A patch that does nothing leaves q as it is.
 *
 * <p><b>How low may q be?</b> Of the control's exercised trials k leaked. The number K of leaking
 * trials has a Poisson binomial distribution with the p<sub>i</sub>. The lower bound q<sub>L</sub> at
 * a confidence c is the q for which P(K &ge; k | q) = 1 - c: a smaller q would make so many leaks
 * rarer than 1 - c. This is the construction of Clopper and Pearson (Biometrika 26, 1934), which it is
 * for e<sub>i</sub> = 1; where all trials leaked it is the q with
 * &prod; (1 - (1 - q)<sup>e<sub>i</sub></sup>) = 1 - c.
 *
 * <p><b>Could we have missed it?</b> If the patch did nothing, E exposures of the candidate show no
 * symptom with a probability of at most (1 - q<sub>L</sub>)<sup>E</sup>. But a patch may also make the
 * leak rarer without mending it: one that leaves a share r of it (the {@linkplain Standard#residual()
 * residual}) shows no symptom with a probability of at most miss = (1 - r q<sub>L</sub>)<sup>E</sup>.
 * FIXED wants this at or below 1 - c. The probability that such a patch is called FIXED is then the
 * mean, over the controls that may come, of (1 - r q)<sup>E(q<sub>L</sub>)</sup>; a simulation finds it
 * below 1 - c (docs/simulated-truth.md). Where only trials count, r p<sub>L</sub> stands for a trial's
 * rate: p is concave in q, so that a share r of q leaves at least a share r of p.
 */
final class Statistics {
    /** A double has 53 bits. */
    private static final int HALVINGS = 60;

    private Statistics() {}

    /**
     * A trial of the control.
     *
     * @param exposures at least 1
     * @param result whether it leaked
     */
    record Observed(int exposures, Result result) {
        enum Result {
            LEAKED,
            CLEAN
        }
    }

    /**
     * One-sided Fisher exact p: with these margins, how likely are at least as many leaking trials in
     * the control, if both arms leak alike. 1 where an arm has no trials.
     */
    static double fisher(Numbers.Count control, Numbers.Count candidate) {
        int leaking = control.reproduced() + candidate.reproduced();
        int clean = control.counted() + candidate.counted() - leaking;
        if (control.counted() == 0 || candidate.counted() == 0 || leaking == 0 || clean == 0) {
            return 1;
        }
        int[][] table = {
            {control.reproduced(), control.counted() - control.reproduced()},
            {candidate.reproduced(), candidate.counted() - candidate.reproduced()}
        };
        double p = FisherExactTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(table)
                .getPValue();
        return Math.min(1, p);
    }

    /** Lower Clopper-Pearson bound of the chance of one trial, of which {@code k} of {@code n} leaked. */
    static double trialRate(int k, int n, double confidence) {
        return k == 0 ? 0 : BetaDistribution.of(k, n - k + 1.0).inverseCumulativeProbability(1 - confidence);
    }

    /** Lower bound q<sub>L</sub> of the chance of one exposure to leak; 0 where no trial leaked. */
    static double exposureRate(List<Observed> control, double confidence) {
        long leaked = control.stream()
                .filter(o -> o.result() == Observed.Result.LEAKED)
                .count();
        return leaked == 0 ? 0 : solve(q -> atLeast((int) leaked, control, q), 1 - confidence);
    }

    /** (1 - rate)<sup>n</sup>: the chance that n exposures, or trials, show nothing. */
    static double miss(double rate, int n) {
        return n == 0 ? 1 : Math.exp(n * Math.log1p(-rate));
    }

    /** The smallest n with {@link #miss} at or below 1 - confidence; at least 1, for a rate above 0. */
    static int needed(double rate, double confidence) {
        int n = (int) Math.min(Integer.MAX_VALUE - 1, Math.ceil(Math.log(1 - confidence) / Math.log1p(-rate)));
        int from = Math.max(1, n - 1);
        return miss(rate, from) <= 1 - confidence ? from : from + (miss(rate, from + 1) <= 1 - confidence ? 1 : 2);
    }

    /** P(K &ge; k) for the Poisson binomial K of these trials. */
    private static double atLeast(int k, List<Observed> trials, double q) {
        double[] exactly = new double[trials.size() + 1];
        exactly[0] = 1;
        int seen = 0;
        for (Observed trial : trials) {
            double clean = miss(q, trial.exposures());
            for (int leaks = ++seen; leaks > 0; leaks--) {
                exactly[leaks] = exactly[leaks] * clean + exactly[leaks - 1] * (1 - clean);
            }
            exactly[0] *= clean;
        }
        double sum = 0;
        for (int leaks = k; leaks <= seen; leaks++) {
            sum += exactly[leaks];
        }
        return sum;
    }

    /** The x in [0, 1] at which a rising function reaches {@code value}, from below. */
    private static double solve(DoubleUnaryOperator rising, double value) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (rising.applyAsDouble(middle) <= value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
