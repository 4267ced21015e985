package org.patchproof.build;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A kernel's source package, ready to be unpacked.
 *
 * @param srpm the file
 * @param sha256 of the file
 * @param nevra name-version-release.src
 * @param how where it comes from, in words
 * @param madeOf what we made it of, see {@link SourceAssembly#madeOf}; empty for one that was given
 */
public record AssembledSource(Path srpm, String sha256, String nevra, String how, Optional<String> madeOf) {
    public AssembledSource {
        Objects.requireNonNull(srpm);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(nevra);
        Objects.requireNonNull(how);
        Objects.requireNonNull(madeOf);
    }
}
