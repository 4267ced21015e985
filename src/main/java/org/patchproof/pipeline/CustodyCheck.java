package org.patchproof.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.Ledger.CellLedger;
import org.patchproof.pipeline.RunRecord.Proof;
import org.patchproof.pipeline.RunRecord.TrialRecord;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Custody;

/**
 * Walks the chain from source package to running kernel and names each link that is missing. What
 * it cannot see, it does not believe.
 */
final class CustodyCheck {
    private CustodyCheck() {}

    /** The custody of {@code variant}; {@code control} is the control of the same cell. */
    static Custody of(Bundle bundle, CellLedger cell, VariantLedger control, VariantLedger variant) throws IOException {
        List<String> missing = new ArrayList<>();
        if (cell.source().isEmpty()) {
            missing.add("the source package's digest");
        }
        if (variant.injection().isEmpty()) {
            missing.add("the diff of the spec");
        }
        // Of a control that is tried elsewhere the merge of both bundles asks this.
        boolean unknown = control.elsewhere() && control.proof().isEmpty();
        proof(variant.proof(), unknown ? variant.proof() : control.proof(), missing);
        packages(bundle, variant, missing);
        for (TrialRecord record : variant.trialRecords()) {
            boolean counts = record.trial().outcome() != Trial.Outcome.INFRA;
            if (counts && !booted(record, variant)) {
                missing.add(
                        "the proof of what booted in trial " + record.trial().number());
            }
            record.unexplained().ifPresent(why -> missing.add("why the guest broke off in " + why));
        }
        return missing.isEmpty() ? Custody.complete() : new Custody(missing);
    }

    /** Whether the guest of this trial ran the very image that the bundle's package holds. */
    private static boolean booted(TrialRecord record, VariantLedger variant) {
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

    private static void packages(Bundle bundle, VariantLedger variant, List<String> missing) throws IOException {
        if (variant.build().isEmpty()) {
            missing.add("the packages");
            return;
        }
        if (variant.build().get().buildId().isEmpty()) {
            missing.add("the build-id that ties the kernel that runs to the tree that was proved");
        }
        missing.addAll(PackageFiles.damaged(bundle, variant.build().get()));
    }
}
