package org.patchproof.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchproof.pipeline.RunRecord.CellRecord;
import org.patchproof.pipeline.RunRecord.VariantRecord;
import org.patchproof.plan.VariantRole;
import org.patchproof.verdict.Verdict;

/** Verdicts on candidates whose control was tried in another run, found where both bundles are seen. */
final class LaterVerdicts {
    private final Map<String, MergedVariant> byPlace = new HashMap<>();

    private LaterVerdicts() {}

    /** Whether {@code run} has a candidate without its control: alone it says nothing. */
    static boolean isPending(SavedRun run) {
        return run.record().cells().stream().anyMatch(LaterVerdicts::lacksControl);
    }

    private static boolean lacksControl(CellRecord cell) {
        return !cell.variants().isEmpty()
                && cell.variants().stream().noneMatch(variant -> variant.role() == VariantRole.CONTROL);
    }

    static LaterVerdicts of(Merge merge) {
        LaterVerdicts verdicts = new LaterVerdicts();
        for (MergedCell cell : merge.cells()) {
            for (MergedVariant variant : cell.variants()) {
                for (MergedVariant.Held held : variant.parts()) {
                    MergedVariant.Part part = held.part();
                    verdicts.byPlace.put(place(part.run(), part.cell(), part.variant()), variant);
                }
            }
        }
        return verdicts;
    }

    /** {@code run}, with the verdicts that hold where its control is known too. */
    SavedRun in(SavedRun run) {
        RunRecord record = run.record();
        List<CellRecord> cells = new ArrayList<>();
        for (CellRecord cell : record.cells()) {
            cells.add(lacksControl(cell) ? judged(run, cell) : cell);
        }
        return new SavedRun(
                run.directory(),
                run.digest(),
                new RunRecord(
                        record.schema(),
                        record.patchproof(),
                        record.id(),
                        record.bug(),
                        record.state(),
                        record.started(),
                        record.updated(),
                        record.asked(),
                        record.host(),
                        cells));
    }

    private CellRecord judged(SavedRun run, CellRecord cell) {
        List<VariantRecord> variants = cell.variants().stream()
                .map(variant -> Optional.ofNullable(byPlace.get(place(run, cell, variant)))
                        .map(found -> with(variant, found.verdict()))
                        .orElse(variant))
                .toList();
        return new CellRecord(cell.kernel(), cell.key(), cell.source(), cell.guest(), variants, cell.built());
    }

    private static VariantRecord with(VariantRecord variant, Verdict verdict) {
        return new VariantRecord(
                variant.name(),
                variant.role(),
                variant.patches(),
                variant.injection(),
                variant.proof(),
                variant.build(),
                variant.failure(),
                variant.install(),
                variant.trials(),
                Optional.of(verdict),
                variant.trouble());
    }

    private static String place(SavedRun run, CellRecord cell, VariantRecord variant) {
        return run.id() + "\n" + cell.kernel() + "\n" + variant.name();
    }
}
