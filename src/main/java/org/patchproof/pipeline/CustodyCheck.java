package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.Ledger.CellLedger;
import org.patchproof.pipeline.RunRecord.Proof;
import org.patchproof.pipeline.RunRecord.Source;
import org.patchproof.pipeline.RunRecord.TrialRecord;
import org.patchproof.pipeline.RunRecord.VariantRecord;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Custody;
import org.patchproof.verdict.Lane;

/**
 * Walks the chain from source package to running kernel and names each link that is missing. What
 * it cannot see, it does not believe.
 */
final class CustodyCheck {
    private CustodyCheck() {}

    /** The custody of {@code variant}; {@code control} is the control of the same cell. */
    static Custody of(Bundle bundle, CellLedger cell, VariantLedger control, VariantLedger variant, Lane lane)
            throws IOException {
        // Of a control that is tried elsewhere the merge of both bundles asks this.
        boolean unknown = control.elsewhere() && control.proof().isEmpty();
        return of(
                bundle.directory(), cell.source(), unknown ? variant.proof() : control.proof(), variant.record(), lane);
    }

    /**
     * The custody of a variant as its bundle has it.
     *
     * @param bundle the directory of the bundle that holds {@code variant}
     * @param source its source package
     * @param control the proof of the control that it is compared with
     * @param lane in the usual one, an image without packages is no evidence
     */
    static Custody of(Path bundle, Optional<Source> source, Optional<Proof> control, VariantRecord variant, Lane lane)
            throws IOException {
        List<String> missing = new ArrayList<>();
        if (source.isEmpty()) {
            missing.add("the source package's digest");
        }
        if (variant.injection().isEmpty()) {
            missing.add("the diff of the spec");
        }
        proof(variant.proof(), control, missing);
        packages(bundle, variant, lane, missing);
        for (TrialRecord record : variant.trials()) {
            boolean counts = record.trial().outcome() != Trial.Outcome.INFRA;
            if (counts && !booted(record, variant)) {
                missing.add(
                        "the proof of what booted in trial " + record.trial().number());
            }
        }
        return missing.isEmpty() ? Custody.complete() : new Custody(missing);
    }

    /** Whether the guest of this trial ran the very image that the bundle's package holds. */
    private static boolean booted(TrialRecord record, VariantRecord variant) {
        return record.booted()
                .filter(proof -> proof.whole())
                .filter(proof -> variant.build()
                        .map(build -> build.imageSha256().equals(proof.imageSha256())
                                && build.buildId().equals(proof.buildId()))
                        .orElse(false))
                .isPresent();
    }

    /** Under their patches, control and candidate must be the same source. */
    private static void proof(Optional<Proof> own, Optional<Proof> control, List<String> missing) {
        if (own.isEmpty()) {
            missing.add("the proof that the prepared tree carries the patches");
        } else if (control.isEmpty()
                || !control.get().baseDigest().equals(own.get().baseDigest())) {
            missing.add("that control and candidate were patched onto the same source");
        }
    }

    private static void packages(Path bundle, VariantRecord variant, Lane lane, List<String> missing)
            throws IOException {
        boolean packed = variant.build().filter(build -> !build.direct()).isPresent();
        if (variant.build().isEmpty() || packed != (lane == Lane.RPM)) {
            missing.add("the packages");
            return;
        }
        if (variant.build().get().buildId().isEmpty()) {
            missing.add("the build-id that ties the kernel that runs to the tree that was proved");
        }
        missing.addAll(PackageFiles.damaged(bundle, variant.build().get()));
    }
}
