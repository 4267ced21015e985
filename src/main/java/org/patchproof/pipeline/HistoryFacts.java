package org.patchproof.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.patchproof.files.FileDigest;
import org.patchproof.history.RunFacts;
import org.patchproof.history.RunFacts.Outcome;
import org.patchproof.history.RunFacts.VariantFacts;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.PatchRecord;
import org.patchproof.pipeline.RunRecord.VariantRecord;
import org.patchproof.plan.VariantRole;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Numbers;

/** What the history keeps of a bundle: verdicts as the run recorded them. */
final class HistoryFacts {
    private HistoryFacts() {}

    static RunFacts of(SavedRun run) {
        RunRecord record = run.record();
        return new RunFacts(
                run.id(),
                run.digest(),
                run.directory().toString(),
                record.bug(),
                record.patchproof(),
                record.state(),
                record.started(),
                record.updated(),
                record.host().os() + ", " + record.host().processors() + " processors",
                record.host().acceleration(),
                record.cells().stream()
                        .flatMap(cell -> cell.variants().stream()
                                .map(variant ->
                                        variant(cell, variant, record.asked().lane())))
                        .toList());
    }

    private static VariantFacts variant(CellRecord cell, VariantRecord variant, Lane lane) {
        Optional<Numbers.Count> own = variant.verdict()
                .map(verdict -> variant.role() == VariantRole.CONTROL
                        ? verdict.numbers().control()
                        : verdict.numbers().candidate());
        Numbers.Count count = own.orElse(Numbers.Count.NONE);
        return new VariantFacts(
                cell.kernel(),
                variant.name(),
                variant.role().name(),
                cell.source().map(RunRecord.Source::sha256),
                series(variant.patches()),
                variant.verdict().map(verdict -> verdict.word().name()),
                variant.verdict()
                        .map(verdict -> outcome(ExitCode.of(verdict.word(), variant.role(), variant.trouble()))),
                variant.verdict().map(verdict -> verdict.reason()),
                count.reproduced(),
                count.counted(),
                count.exposures(),
                variant.build()
                        .map(build -> build.prepare().plus(build.compile()))
                        .filter(t -> !t.equals(Duration.ZERO)),
                lane.word(),
                variant.patches().stream()
                        .map(patch -> new RunFacts.PatchFacts(patch.name(), patch.sha256()))
                        .toList(),
                variant.build().stream()
                        .flatMap(build -> build.packages().stream())
                        .map(rpm -> new RunFacts.PackageFacts(rpm.nevra(), rpm.sha256()))
                        .toList(),
                variant.trials().stream()
                        .map(RunRecord.TrialRecord::trial)
                        .map(trial -> new RunFacts.TrialFacts(
                                trial.number(), trial.outcome().name(), trial.exposures(), trial.elapsed()))
                        .toList());
    }

    private static String series(List<PatchRecord> patches) {
        StringBuilder digests = new StringBuilder();
        patches.forEach(patch -> digests.append(patch.sha256()).append('\n'));
        return FileDigest.sha256(digests.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Outcome outcome(ExitCode code) {
        return switch (code) {
            case HOPED -> Outcome.GOOD;
            case SAYS_NO -> Outcome.BAD;
            case INCONCLUSIVE -> Outcome.INCONCLUSIVE;
            case INFRASTRUCTURE, WRONG_REQUEST -> Outcome.TROUBLE;
        };
    }
}
