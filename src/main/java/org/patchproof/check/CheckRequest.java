package org.patchproof.check;

import java.util.List;
import java.util.Objects;
import org.patchproof.patch.PatchSeries;

/**
 * What to check.
 *
 * @param series the patches, in the order in which they would be applied
 * @param kernels at least one
 * @param jobs how many kernels to look at at once, at least 1
 */
public record CheckRequest(PatchSeries series, List<CheckedKernel> kernels, int jobs) {
    public CheckRequest {
        Objects.requireNonNull(series);
        kernels = List.copyOf(kernels);
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs: " + jobs + "; give a number from 1");
        }
    }
}
