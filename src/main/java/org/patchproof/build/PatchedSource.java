package org.patchproof.build;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A source package with patches of ours in it.
 *
 * @param srpm where it is
 * @param sha256 of the file
 * @param nevra as {@code kernel-1.0-3.fix.src}
 * @param change what was done to its spec
 */
public record PatchedSource(Path srpm, String sha256, String nevra, SpecChange change) {
    public PatchedSource {
        Objects.requireNonNull(srpm);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(nevra);
        Objects.requireNonNull(change);
    }
}
