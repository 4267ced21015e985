package org.patchproof.verdict;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.patchproof.repro.Trial;

/**
 * The numbers behind a verdict.
 *
 * @param control what the control's trials count; all zero when there is no control
 * @param candidate what the candidate's trials count; all zero for the verdict on a control
 * @param fisherP one-sided Fisher exact p: how likely a difference at least this large would be if the
 *     patch did nothing, trials only
 * @param missProbability upper bound of the chance to have missed the bug, if the candidate still leaked
 *     at {@code residual} of the control's rate; empty where it was not missed: the candidate showed it
 * @param residual the weakest leak that must be caught, as a share of the control's rate; 1 for a patch
 *     that does nothing. Empty for a control, and in bundles of versions that knew only 1
 * @param trialRate lower Clopper-Pearson bound of the control's chance to leak in one trial
 * @param exposureRate lower bound of the control's chance to leak in one exposure; empty where it
 *     leaked without an exposure that was seen, or not all of its exposures were: then the miss probability goes by trials
 * @param confidence what was asked for, 0 to 1
 * @param leftOut trials that count neither for nor against
 */
public record Numbers(
        Count control,
        Count candidate,
        OptionalDouble fisherP,
        OptionalDouble missProbability,
        OptionalDouble residual,
        OptionalDouble trialRate,
        OptionalDouble exposureRate,
        OptionalDouble confidence,
        List<LeftOut> leftOut) {

    /** Of an arm that never came to trials. */
    public static final Numbers NONE = new Numbers(
            Count.NONE,
            Count.NONE,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of());

    public Numbers {
        Objects.requireNonNull(control);
        Objects.requireNonNull(candidate);
        Objects.requireNonNull(fisherP);
        Objects.requireNonNull(missProbability);
        residual = residual == null ? OptionalDouble.empty() : residual;
        Objects.requireNonNull(trialRate);
        Objects.requireNonNull(exposureRate);
        Objects.requireNonNull(confidence);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * One arm: {@code reproduced} of {@code counted} trials showed the bug.
     *
     * @param reproduced trials that showed the symptom
     * @param counted trials that say something about the bug: REPRODUCED and CLEAN ones
     * @param exposures passes through the race window in the counted trials
     * @param trials all trials, counted or not
     */
    public record Count(int reproduced, int counted, int exposures, int trials) {
        /** No trials. */
        public static final Count NONE = new Count(0, 0, 0, 0);
    }

    /**
     * A trial that was left out.
     *
     * @param arm {@code control} or {@code candidate}
     * @param trial its number
     * @param outcome how it ended
     * @param why why it does not count
     */
    public record LeftOut(String arm, int trial, Trial.Outcome outcome, String why) {
        public LeftOut {
            Objects.requireNonNull(arm);
            Objects.requireNonNull(outcome);
            Objects.requireNonNull(why);
        }
    }
}
