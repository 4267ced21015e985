package org.patchproof.build;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One binary RPM.
 *
 * @param file where it is
 * @param nevra name-version-release.arch, as {@code rpm -q} prints it
 * @param sha256 of the file
 * @param size of the file, in bytes
 */
public record BuiltPackage(Path file, String nevra, String sha256, long size) {
    public BuiltPackage {
        Objects.requireNonNull(file);
        Objects.requireNonNull(nevra);
        Objects.requireNonNull(sha256);
    }
}
