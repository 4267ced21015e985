package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a run found out.
 *
 * @param bundle the folder with the evidence
 * @param variants by kernel and then as in the bug's file, each control before its candidates
 */
public record VerifyResult(Path bundle, List<VariantResult> variants) {
    public VerifyResult {
        Objects.requireNonNull(bundle);
        variants = List.copyOf(variants);
    }

    /** The worst of all variants; a run without variants has proved nothing and is inconclusive. */
    public ExitCode exitCode() {
        return ExitCode.worst(variants.stream().map(VariantResult::exitCode).toList());
    }
}
