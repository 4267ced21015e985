package org.patchproof.verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.patchproof.verdict.Verdict.Word;

/**
 * The whole procedure, judge and stopping rule, on kernels of which the truth is known: how often is a
 * candidate that still leaks called FIXED, how often one that does not, and how many trials does it
 * take. {@code bench/simulate-verdicts} writes docs/simulated-truth.md with it.
 */
final class SimulatedTruth {
    /** Of all trials, so many are lost by our own fault, and so many are never exercised. */
    private static final double INFRA = 0.10;

    private static final double UNEXERCISED = 0.10;

    /** What one trial of a candidate may have: as the netdev leak's spec has it. */
    private static final int MOST_OF_A_TRIAL = 25;

    private static final double[] RATES = {0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0};
    private static final double[] SHARES = {0, 0.1, 0.5, 1};

    /** How often each word was said, and the mean number of trials, of both arms together. */
    record Tallied(int fixed, int stillReproduces, int inconclusive, double trials) {}

    private final StoppingRule rule;
    private final double control;
    private final double candidate;
    private final SplittableRandom random;
    private final Trials controls = Trials.none();
    private final Trials candidates = Trials.none();
    private int tried;

    private SimulatedTruth(StoppingRule rule, double control, double candidate, SplittableRandom random) {
        this.rule = rule;
        this.control = control;
        this.candidate = candidate;
        this.random = random;
    }

    /**
     * Many runs of one truth.
     *
     * @param control its chance to leak in one exposure
     * @param candidate the same
     */
    static Tallied tally(StoppingRule rule, double control, double candidate, int runs, long seed) {
        int[] words = new int[Word.values().length];
        SplittableRandom seeds = new SplittableRandom(seed);
        List<SplittableRandom> randoms =
                IntStream.range(0, runs).mapToObj(i -> seeds.split()).toList();
        long trials = randoms.parallelStream()
                .mapToLong(random -> {
                    SimulatedTruth run = new SimulatedTruth(rule, control, candidate, random);
                    Word word = run.verdict();
                    synchronized (words) {
                        words[word.ordinal()]++;
                    }
                    return run.tried;
                })
                .sum();
        return new Tallied(
                words[Word.FIXED.ordinal()],
                words[Word.STILL_REPRODUCES.ordinal()],
                words[Word.INCONCLUSIVE.ordinal()],
                (double) trials / runs);
    }

    /** In rounds, one of each arm a round, as the trial stage does it. */
    private Word verdict() {
        boolean again = true;
        while (again) {
            again = false;
            if (rule.controlGoesOn(controls.arm(), List.of(candidates.arm()))) {
                trial(controls, control, 1);
                again = true;
            }
            if (rule.candidateGoesOn(controls.arm(), candidates.arm())) {
                int wanted = rule.exposuresWanted(controls.arm(), candidates.arm(), MOST_OF_A_TRIAL);
                trial(candidates, candidate, wanted);
                again = true;
            }
        }
        return Judge.candidate(controls.arm(), candidates.arm(), rule.standard())
                .word();
    }

    private void trial(Trials arm, double rate, int wanted) {
        tried++;
        double fate = random.nextDouble();
        if (fate < INFRA) {
            arm.infra();
        } else if (fate < INFRA + UNEXERCISED) {
            arm.unexercised();
        } else {
            // Provoking ends a little late, or the time is up before there were enough.
            int exposures = Math.max(1, random.nextInt((wanted + 1) / 2, wanted + 3));
            boolean leaks = random.nextDouble() < 1 - Math.pow(1 - rate, exposures);
            if (leaks) {
                arm.leaks(exposures);
            } else {
                arm.clean(exposures);
            }
        }
    }

    /** {@code RUNS MOST-TRIALS FILE}: writes the table. */
    public static void main(String[] args) throws IOException {
        int runs = Integer.parseInt(args[0]);
        StoppingRule rule = new StoppingRule(Standard.USUAL, 3, Integer.parseInt(args[1]));
        StringBuilder text = new StringBuilder(HEAD.formatted(
                runs,
                rule.standard().confidence(),
                rule.standard().residual(),
                rule.least(),
                rule.most(),
                MOST_OF_A_TRIAL,
                INFRA * 100,
                UNEXERCISED * 100));
        for (double rate : RATES) {
            for (double share : SHARES) {
                Tallied tallied =
                        tally(rule, rate, rate * share, runs, 20_261_124L + (long) (rate * 1000 + share * 10));
                String line = String.format(
                        Locale.ROOT,
                        "| %.2f | %s | %.2f %% | %.2f %% | %.2f %% | %.1f |%n",
                        rate,
                        share == 0
                                ? "0 (mended)"
                                : String.format(Locale.ROOT, "%.3f (%.0f %%)", rate * share, share * 100),
                        100.0 * tallied.fixed() / runs,
                        100.0 * tallied.stillReproduces() / runs,
                        100.0 * tallied.inconclusive() / runs,
                        tallied.trials());
                System.out.print(line);
                text.append(line);
            }
        }
        Path file = Path.of(args[2]);
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, text.toString());
        Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static final String HEAD = """
            # Simulated truth

            How often does patchproof say FIXED of a patch that does not fix? The truth of a real kernel is
            not known, so it is simulated: a control and a candidate with known chances to leak in one
            exposure go through the very code that judges and that decides when to stop. Made by
            `bench/simulate-verdicts`.

            %,d runs for each line; confidence %s, residual %s, %d to %d trials of each arm, at most
            %d exposures in a trial of the candidate, one to three in one of the control; %.0f %% of all trials
            are lost by our own fault, %.0f %% are not exercised.

            What must hold: on every line but those of a mended candidate, FIXED is at or below 1 - confidence.
            (The chance is smaller for a candidate that leaks more.) What it costs is seen in INCONCLUSIVE:
            where the control itself leaks rarely, so few trials cannot tell, and it is said.

            What it does not show: the simulation believes what the judge believes, that exposures leak independently of
            each other and of the trial that they are in. A real kernel may not; the wrong fixes of
            `bench/wrong-fixes` are tried on one.

            | control leaks, per exposure | candidate leaks | FIXED | STILL_REPRODUCES | INCONCLUSIVE | trials, mean |
            |---|---|---|---|---|---|
            """;
}
