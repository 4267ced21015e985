package org.patchproof.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchproof.history.Questions.Filter;

/** A history of 100,000 trials: how long each question takes. Run by {@code bench/history}. */
public final class HistoryBench {
    private static final int RUNS = 2500;
    private static final int KERNELS = 20;
    private static final int TRIALS = 10;
    private static final int VARIANTS = 4;

    private HistoryBench() {}

    /** A piece of work that is timed. */
    private interface Work {
        Object run() throws DamagedException;
    }

    /** Argument: a file or a JDBC URL. */
    public static void main(String[] args) throws Exception {
        Store store = Store.of(args[0]);
        try (HistoryDatabase database = HistoryDatabase.open(store)) {
            long begun = System.nanoTime();
            for (int i = 0; i < RUNS; i++) {
                database.put(run(i));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    Locale.ROOT, "%d runs written, each in a transaction of its own: %.1f s%n", RUNS, seconds);
        }
        time("open (check, version)", () -> {
            HistoryDatabase.open(store).close();
            return "";
        });
        try (HistoryDatabase database = HistoryDatabase.open(store)) {
            Questions questions = database.questions();
            time("size", questions::size);
            time("verdicts, newest 50", () -> questions.verdicts(Filter.ALL, 50).size());
            time(
                    "verdicts of a kernel",
                    () -> questions
                            .verdicts(new Filter(Optional.of("linux-6.1.7"), Optional.empty(), Optional.empty()), 50)
                            .size());
            time(
                    "verdicts of a patch",
                    () -> questions
                            .verdicts(new Filter(Optional.empty(), Optional.empty(), Optional.of(hex(3))), 50)
                            .size());
            time("turns", () -> questions.turns(Filter.ALL).size());
            time("flaky", () -> questions.flaky().size());
            time("times", () -> questions.times().size());
            time("proves", () -> questions.proves(hex(42 * VARIANTS + 1)).size());
        }
        if (store.file().isPresent()) {
            System.out.printf(
                    "file: %,d bytes%n", Files.size(Path.of(store.file().get().toString())));
        }
    }

    private static void time(String name, Work work) throws DamagedException {
        double best = Double.MAX_VALUE;
        double first = 0;
        Object answer = "";
        for (int i = 0; i < 5; i++) {
            long begun = System.nanoTime();
            answer = work.run();
            double millis = (System.nanoTime() - begun) / 1e6;
            first = i == 0 ? millis : first;
            best = Math.min(best, millis);
        }
        System.out.printf(Locale.ROOT, "%-24s first %8.1f ms, best %8.1f ms   %s%n", name, first, best, answer);
    }

    private static RunFacts run(int i) {
        List<RunFacts.VariantFacts> variants = new ArrayList<>();
        for (int v = 0; v < VARIANTS; v++) {
            variants.add(variant(i, v));
        }
        Instant started = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(3600L * i);
        return new RunFacts(
                "run-" + i,
                hex(i),
                "/runs/run-" + i,
                "netdev-leak",
                "0.1.0",
                "finished",
                started,
                started.plusSeconds(900),
                "Debian 12",
                "kvm",
                variants);
    }

    private static RunFacts.VariantFacts variant(int run, int variant) {
        List<RunFacts.TrialFacts> trials = new ArrayList<>();
        for (int t = 1; t <= TRIALS; t++) {
            trials.add(new RunFacts.TrialFacts(t, "CLEAN", 3, Duration.ofMillis(60_000 + (run * 31L + t * 7L) % 9000)));
        }
        RunFacts.Outcome outcome = (run + variant) % 7 == 0 ? RunFacts.Outcome.BAD : RunFacts.Outcome.GOOD;
        return new RunFacts.VariantFacts(
                "linux-6.1." + run % KERNELS,
                variant == 0 ? "control" : "fix-" + variant,
                variant == 0 ? "CONTROL" : "CANDIDATE",
                Optional.of(hex(run / 100)),
                hex(variant),
                Optional.of(outcome == RunFacts.Outcome.GOOD ? "FIXED" : "STILL_REPRODUCES"),
                Optional.of(outcome),
                Optional.of("so it is"),
                0,
                TRIALS,
                30,
                Optional.of(Duration.ofSeconds(60 + run % 30)),
                "rpm",
                List.of(
                        new RunFacts.PatchFacts("0001.patch", hex(0)),
                        new RunFacts.PatchFacts("0002.patch", hex(variant))),
                List.of(new RunFacts.PackageFacts("kernel-" + run, hex(run * VARIANTS + variant))),
                trials);
    }

    private static String hex(int number) {
        return String.format("%064x", number * 0x9E3779B97F4A7C15L);
    }
}
