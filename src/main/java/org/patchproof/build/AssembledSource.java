package org.patchproof.build;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A kernel's source package, ready to be unpacked.
 *
 * @param srpm the file
 * @param sha256 of the file
 * @param nevra name-version-release.src
 * @param how where it comes from, in words
 */
public record AssembledSource(Path srpm, String sha256, String nevra, String how) {
    public AssembledSource {
        Objects.requireNonNull(srpm);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(nevra);
        Objects.requireNonNull(how);
    }
}
