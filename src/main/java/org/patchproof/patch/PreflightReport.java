package org.patchproof.patch;

import java.util.List;
import java.util.Objects;

/**
 * What would become of a series in a tree.
 *
 * @param rule how it was tried
 * @param patches one per patch, in order. A patch that does not apply is left out of the tree that
 *     the following ones are tried on, and their notes say so
 */
public record PreflightReport(ApplyRule rule, List<PatchCheck> patches) {
    public PreflightReport {
        Objects.requireNonNull(rule);
        patches = List.copyOf(patches);
    }

    /** Whether the packaging would apply every patch. */
    public boolean applies() {
        return patches.stream().allMatch(p -> p.verdict() == PatchCheck.Verdict.APPLIES);
    }
}
