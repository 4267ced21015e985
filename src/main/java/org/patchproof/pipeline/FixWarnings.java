package org.patchproof.pipeline;

import java.io.IOException;
import java.util.List;
import org.patchproof.check.PatchIntake;
import org.patchproof.patch.LintFinding;
import org.patchproof.patch.PatchSeries;
import org.patchproof.plan.VariantRole;
import org.patchproof.plan.VariantSpec;
import org.patchproof.plan.Workspace;

/** Candidates that take a fix out, which only a control should. */
final class FixWarnings {
    private FixWarnings() {}

    /** Words for whoever builds {@code variant}; none for a control. */
    static List<String> of(Workspace workspace, VariantSpec variant, PatchSeries series) throws IOException {
        if (variant.role() == VariantRole.CONTROL) {
            return List.of();
        }
        return PatchIntake.removedFixes(workspace, series.patches()).stream()
                .map(LintFinding::message)
                .toList();
    }
}
