package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.patchproof.files.Trees;
import org.patchproof.pipeline.InstallStage.Installed;
import org.patchproof.pipeline.RunRecord.TrialRecord;
import org.patchproof.process.CommandException;
import org.patchproof.repro.KnownFaults;
import org.patchproof.repro.Trial;
import org.patchproof.repro.TrialEnd;

/** One trial, from its number to its place in the ledger. Several may be under way at once, of one arm too. */
final class TrialStep {
    private final CellContext context;

    TrialStep(CellContext context) {
        this.context = context;
    }

    /**
     * What is decided of a trial before it begins.
     *
     * @param number its number in its arm, from 1
     * @param enough how many exposures end the provoking
     * @param known faults that are no news
     * @param guests how many trials begin at once on this host, this one among them
     */
    record Turn(int number, int enough, KnownFaults known, int guests) {}

    /** Runs a trial of {@code arm}. */
    void run(Installed arm, Turn turn) throws IOException, InterruptedException {
        int number = turn.number();
        VariantLedger variant = arm.variant();
        Path console =
                context.bundle().variant(context.kernel(), variant.name()).resolve("console-" + number + ".log");
        Path work = arm.work().resolve("trial-" + number);
        int silent = variant.boots().seen();
        TrialEnd end = context.steps()
                .run(
                        variant.name() + ", trial " + number,
                        Step.TRIAL,
                        "",
                        estimate(variant),
                        progress -> {
                            try {
                                return arm.trials()
                                        .run(
                                                number,
                                                turn.enough(),
                                                turn.known(),
                                                work,
                                                console,
                                                context.bundle().relative(console),
                                                progress);
                            } catch (IOException | UncheckedIOException | CommandException e) {
                                return TrialEnd.ofOurs(
                                        number,
                                        String.valueOf(e.getMessage()),
                                        context.bundle().relative(console));
                            } finally {
                                Trees.delete(work);
                            }
                        },
                        done -> done.trial().outcome() + ", "
                                + done.trial().exposures() + " exposures; "
                                + done.trial().detail());
        SortedMap<String, String> measured = new TreeMap<>(end.measured());
        measured.put("host.guests", Integer.toString(turn.guests()));
        variant.tried(
                new TrialRecord(end.trial(), end.proof(), end.unexplained(), measured, end.command(), Instant.now()));
        boolean booted = variant.trialRecords().stream()
                .anyMatch(record -> record.booted().isPresent());
        if (variant.boots().failed(end, silent, booted)) {
            variant.failed(Stages.BOOT, end.bootFailure());
        }
        context.ledger().save();
    }

    private static Optional<Duration> estimate(VariantLedger variant) {
        List<Trial> done = variant.trials();
        return done.isEmpty()
                ? Optional.empty()
                : Optional.of(done.get(done.size() - 1).elapsed());
    }
}
