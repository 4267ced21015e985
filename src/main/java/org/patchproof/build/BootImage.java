package org.patchproof.build;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A kernel's image as its build left it.
 *
 * @param file a copy of it
 * @param sha256 of that file
 * @param release what {@code uname -r} will say
 * @param buildId of the vmlinux it was made from, lower-case hex; empty when it has none
 */
public record BootImage(Path file, String sha256, String release, Optional<String> buildId) {
    public BootImage {
        Objects.requireNonNull(file);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(release);
        Objects.requireNonNull(buildId);
    }
}
