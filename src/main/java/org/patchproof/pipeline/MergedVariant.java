package org.patchproof.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.Failure;
import org.patchproof.pipeline.RunRecord.TrialRecord;
import org.patchproof.pipeline.RunRecord.VariantRecord;
import org.patchproof.plan.VariantRole;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Arm;
import org.patchproof.verdict.Custody;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.Verdict;

/**
 * One variant, from all bundles that tried it under equal conditions, judged anew.
 *
 * @param parts with the custody of each, oldest first
 * @param trials numbered through
 * @param standard that was asked for, the strictest where the bundles differ
 */
record MergedVariant(
        String name,
        VariantRole role,
        List<Held> parts,
        List<Counted> trials,
        Verdict verdict,
        Standard standard,
        Optional<String> trouble) {

    /** The variant in one bundle. */
    record Part(SavedRun run, CellRecord cell, VariantRecord variant) {}

    /** A part, and what its chain of custody lacks. */
    record Held(Part part, Custody custody) {}

    /** A trial under its number in the whole arm. */
    record Counted(Part part, TrialRecord record, Trial trial) {}

    /** What this verdict means for the exit code. */
    ExitCode exitCode() {
        return ExitCode.of(verdict.word(), role, trouble);
    }

    /** The trials of all parts; those of a single bundle keep their numbers. */
    static List<Counted> number(List<Part> parts) {
        List<Counted> counted = new ArrayList<>();
        for (Part part : parts) {
            for (TrialRecord record : part.variant().trials()) {
                Trial own = record.trial();
                Trial trial = parts.size() == 1
                        ? own
                        : renumbered(own, counted.size() + 1, part.run().id());
                counted.add(new Counted(part, record, trial));
            }
        }
        return counted;
    }

    private static Trial renumbered(Trial own, int number, String run) {
        return new Trial(
                number,
                own.outcome(),
                own.exposures(),
                own.unreadable(),
                own.damaged(),
                own.faults(),
                own.detail() + " [run " + run + ", trial " + own.number() + "]",
                own.elapsed(),
                own.firstExposure(),
                own.console(),
                own.symptomAt(),
                own.timeline());
    }

    /**
     * The arm that the judge sees. A failure of the kernel's own in one bundle is not outvoted by trials
     * in another; trouble of ours is, as it says nothing about the kernel.
     */
    static Arm arm(List<Held> parts, List<Counted> trials) {
        for (Held held : parts) {
            Optional<Failure> failure = held.part().variant().failure();
            if (failure.isPresent()) {
                return failed(failure.get());
            }
        }
        boolean allInTrouble =
                parts.stream().allMatch(held -> held.part().variant().trouble().isPresent());
        List<Trial> all = trials.stream().map(Counted::trial).toList();
        if (trials.isEmpty() || (allInTrouble && !leaked(all))) {
            return new Arm.Infrastructure(whyNotTried(parts));
        }
        List<String> missing = new ArrayList<>();
        List<String> unexplained = new ArrayList<>();
        for (Held held : parts) {
            String where = parts.size() == 1 ? "" : " (run " + held.part().run().id() + ")";
            if (!held.part().variant().trials().isEmpty()) {
                held.custody().missing().forEach(words -> missing.add(words + where));
            }
            for (TrialRecord record : held.part().variant().trials()) {
                record.unexplained().ifPresent(words -> unexplained.add(words + where));
            }
        }
        return new Arm.Tried(all, new Custody(missing), unexplained);
    }

    /** Whether the symptom was seen: what was seen was seen, whatever became of other trials. */
    static boolean leaked(List<Trial> trials) {
        return trials.stream().anyMatch(trial -> trial.outcome() == Trial.Outcome.REPRODUCED);
    }

    /** As the pipeline does it for its own ledger. */
    static Arm failed(Failure failure) {
        return switch (failure.stage()) {
            case Stages.PATCH -> new Arm.PatchRejected(String.join("\n", failure.lines()));
            case Stages.BUILD -> new Arm.BuildFailed(failure.lines());
            case Stages.INSTALL -> new Arm.InstallFailed(failure.lines());
            case Stages.BOOT -> new Arm.BootFailed(failure.lines());
            default -> new Arm.Infrastructure("the bundle names a stage that is not known: " + failure.stage());
        };
    }

    private static String whyNotTried(List<Held> parts) {
        return parts.stream()
                .flatMap(held -> held.part().variant().trouble().stream())
                .findFirst()
                .orElse("the run ended before its first trial");
    }
}
