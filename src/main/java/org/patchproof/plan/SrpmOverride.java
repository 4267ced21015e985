package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where a kernel's source RPM is, as the user typed it.
 *
 * @param location a path (relative to the current directory) or an {@code http(s)} URL
 * @param sha256 that it must have; without it, that of the kernel's file, if any, still holds
 */
public record SrpmOverride(String location, Optional<String> sha256) {
    public SrpmOverride {
        requireNonNull(location);
        requireNonNull(sha256);
    }
}
