package org.patchproof.pipeline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Distributions that name and install packages alike. */
public enum DistroFamily {
    /** Debian, Ubuntu: {@code apt-get}. */
    DEBIAN,
    /** Fedora, RHEL and their rebuilds: {@code dnf}. */
    FEDORA;

    private static final List<String> DEBIANS = List.of("debian", "ubuntu");
    private static final List<String> FEDORAS = List.of("fedora", "rhel", "centos");

    /** By the {@code ID} and {@code ID_LIKE} of an os-release file; empty for any other. */
    static Optional<DistroFamily> of(String osRelease) {
        List<String> ids = osRelease
                .lines()
                .filter(line -> line.startsWith("ID=") || line.startsWith("ID_LIKE="))
                .flatMap(line -> Arrays.stream(line.substring(line.indexOf('=') + 1)
                        .replaceAll("[\"']", "")
                        .split("\\s+")))
                .toList();
        if (ids.stream().anyMatch(DEBIANS::contains)) {
            return Optional.of(DEBIAN);
        }
        return ids.stream().anyMatch(FEDORAS::contains) ? Optional.of(FEDORA) : Optional.empty();
    }
}
