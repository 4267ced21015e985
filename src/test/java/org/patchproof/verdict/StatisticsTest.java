package org.patchproof.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.verdict.Numbers.Count;
import org.patchproof.verdict.Statistics.Observed;
import org.patchproof.verdict.Statistics.Observed.Result;

class StatisticsTest {

    /** 1/C(2k,k) for k of k against 0 of k; 3:1 against 1:3 is Fisher's lady tasting tea, 17/70. */
    @ParameterizedTest
    @CsvSource({
        "3, 3, 0, 3, 0.05",
        "4, 4, 0, 4, 0.0142857",
        "5, 5, 0, 5, 0.0039683",
        "3, 4, 1, 4, 0.2428571",
        "2, 2, 0, 3, 0.1",
        "1, 2, 1, 2, 0.8333333",
        "0, 3, 3, 3, 1",
        "0, 3, 0, 3, 1",
        "3, 3, 3, 3, 1",
        "0, 0, 0, 3, 1"
    })
    void fisherIsAsPublished(int k1, int n1, int k2, int n2, double p) {
        assertThat(Statistics.fisher(new Count(k1, n1, 0, n1), new Count(k2, n2, 0, n2)))
                .isCloseTo(p, within(1e-6));
    }

    /** Lower 95 % one-sided Clopper-Pearson bounds: 0.05^(1/n) for n of n; 8 of 10 from tables: 0.4931. */
    @ParameterizedTest
    @CsvSource({"3, 3, 0.3684031", "5, 5, 0.5492803", "8, 10, 0.4930987", "1, 10, 0.0051162", "0, 5, 0"})
    void trialRateIsClopperPearson(int k, int n, double bound) {
        assertThat(Statistics.trialRate(k, n, 0.95)).isCloseTo(bound, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "8, 10", "1, 10", "2, 7"})
    void oneExposureEachIsClopperPearsonAgain(int k, int n) {
        List<Observed> control = IntStream.range(0, n)
                .mapToObj(i -> new Observed(1, i < k ? Result.LEAKED : Result.CLEAN))
                .toList();
        assertThat(Statistics.exposureRate(control, 0.95)).isCloseTo(Statistics.trialRate(k, n, 0.95), within(1e-9));
    }

    @Test
    void whereAllTrialsLeakedTheProductIsTheTail() {
        List<Observed> control =
                List.of(new Observed(2, Result.LEAKED), new Observed(5, Result.LEAKED), new Observed(1, Result.LEAKED));
        double q = Statistics.exposureRate(control, 0.95);
        double product = (1 - Math.pow(1 - q, 2)) * (1 - Math.pow(1 - q, 5)) * q;
        assertThat(product).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void twoTrialsByHand() {
        // e = 1 leaked, e = 2 clean: P(K >= 1) = 1 - (1-q)^3 = 0.05
        List<Observed> control = List.of(new Observed(1, Result.LEAKED), new Observed(2, Result.CLEAN));
        assertThat(Statistics.exposureRate(control, 0.95)).isCloseTo(1 - Math.cbrt(0.95), within(1e-12));
        assertThat(Statistics.exposureRate(List.of(new Observed(9, Result.CLEAN)), 0.95))
                .isZero();
    }

    /** FACTS: under 5 % misses take 5 trials at p = 0.5, 14 at 0.2, 19 at 0.15, 29 at 0.1. */
    @ParameterizedTest
    @CsvSource({"0.5, 5", "0.2, 14", "0.15, 19", "0.1, 29", "0.96, 1", "0.999, 1"})
    void neededTrials(double rate, int n) {
        assertThat(Statistics.needed(rate, 0.95)).isEqualTo(n);
    }

    @Property(tries = 300)
    void neededIsTheSmallest(
            @ForAll @Scale(3) @DoubleRange(min = 0.001, max = 0.999) double rate,
            @ForAll @Scale(3) @DoubleRange(min = 0.5, max = 0.999) double confidence) {
        int n = Statistics.needed(rate, confidence);
        assertThat(Statistics.miss(rate, n)).isLessThanOrEqualTo(1 - confidence);
        assertThat(n == 1 || Statistics.miss(rate, n - 1) > 1 - confidence).isTrue();
    }

    @Property(tries = 200)
    void moreLeaksNeverLowerTheBound(
            @ForAll @IntRange(min = 1, max = 9) int e1,
            @ForAll @IntRange(min = 1, max = 9) int e2,
            @ForAll @IntRange(min = 1, max = 9) int e3) {
        double one =
                rate(new Observed(e1, Result.LEAKED), new Observed(e2, Result.CLEAN), new Observed(e3, Result.CLEAN));
        double two =
                rate(new Observed(e1, Result.LEAKED), new Observed(e2, Result.LEAKED), new Observed(e3, Result.CLEAN));
        assertThat(two).isGreaterThanOrEqualTo(one);
        assertThat(Statistics.miss(two, 7)).isLessThanOrEqualTo(Statistics.miss(one, 7));
    }

    private static double rate(Observed... control) {
        return Statistics.exposureRate(List.of(control), 0.95);
    }
}
