package org.patchproof.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.patchproof.plan.BuildRoot;

/**
 * Which release is to be made again.
 *
 * @param provenance the release's papers/provenance.json
 * @param publicKey that signed it; empty for the one that lies beside it, which proves little by itself
 * @param root in which it is built; empty for the one that the papers name
 * @param cacheDirectory where build roots are kept that are made from packages
 * @param work an absent or empty directory that the packages are built in; what was built stays in it
 * @param jobs how many compilers run at once
 */
public record RebuildRequest(
        Path provenance, Optional<Path> publicKey, Optional<BuildRoot> root, Path cacheDirectory, Path work, int jobs) {
    public RebuildRequest {
        requireNonNull(provenance);
        requireNonNull(publicKey);
        requireNonNull(root);
        requireNonNull(cacheDirectory);
        requireNonNull(work);
        if (jobs < 1) {
            throw new WrongRequestException("jobs: " + jobs, "Give a number from 1, as --jobs 4.");
        }
    }
}
