package org.patchproof.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;

/**
 * What is to be released.
 *
 * @param plan the bug, one kernel, one variant, and where its source package is
 * @param proofs folders that hold evidence bundles
 * @param out the release's directory; it must not exist
 * @param cacheDirectory where source packages are kept between runs
 * @param jobs how many compilers run at once
 */
public record ReleaseRequest(
        Workspace workspace,
        PlanRequest plan,
        List<Path> proofs,
        Path out,
        Path cacheDirectory,
        int jobs,
        ReleaseOptions options) {
    public ReleaseRequest {
        requireNonNull(workspace);
        requireNonNull(plan);
        proofs = List.copyOf(proofs);
        requireNonNull(out);
        requireNonNull(cacheDirectory);
        requireNonNull(options);
        if (plan.kernels().size() != 1 || plan.variants().size() != 1) {
            throw new WrongRequestException(
                    "a release is of one kernel and one variant", "Name them: --kernel KERNEL --variant VARIANT.");
        }
        if (jobs < 1) {
            throw new WrongRequestException("jobs: " + jobs, "Give a number from 1, as --jobs 4.");
        }
    }

    String kernel() {
        return plan.kernels().get(0);
    }

    String variant() {
        return plan.variants().get(0);
    }
}
