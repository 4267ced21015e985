package org.patchproof.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.verdict.SimulatedTruth.Tallied;

/** A small part of docs/simulated-truth.md, with fixed seeds: the whole of it is bench/simulate-verdicts. */
class SimulatedTruthTest {
    private static final StoppingRule RULE = new StoppingRule(Standard.USUAL, 3, 12);
    private static final int RUNS = 400;

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "0.4, 0.1", "0.8, 0.1", "1.0, 0.1", "1.0, 0.5"})
    void aPatchThatStillLeaksIsRarelyCalledFixed(double control, double share) {
        Tallied tallied = SimulatedTruth.tally(RULE, control, control * share, RUNS, 1);
        assertThat(tallied.fixed()).isLessThanOrEqualTo((int) (0.05 * RUNS));
    }

    @Test
    void aPatchThatMendsALeakThatShowsIsMostlyCalledFixed() {
        Tallied tallied = SimulatedTruth.tally(RULE, 0.9, 0, RUNS, 2);
        assertThat(tallied.fixed()).isGreaterThan(RUNS * 9 / 10);
        assertThat(tallied.stillReproduces()).isZero();
    }

    /** Without the residual, a leak that is ten times rarer would pass: this is what it is for. */
    @Test
    void withoutAResidualARarerLeakWouldPass() {
        StoppingRule naive = new StoppingRule(new Standard(0.95, 1), 3, 12);
        assertThat(SimulatedTruth.tally(naive, 0.8, 0.08, RUNS, 3).fixed()).isGreaterThan(RUNS / 20);
    }
}
