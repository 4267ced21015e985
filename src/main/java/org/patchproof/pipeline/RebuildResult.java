package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a rebuild showed.
 *
 * @param key that signed the provenance, its last 16 digits
 * @param equal packages that are equal but for their signatures
 * @param differences file by file; empty when all are equal
 * @param otherRoot in which other root it was built than the release, in words; empty when in the same, or when
 *     papers of an earlier version do not say in which
 * @param otherTools packages of the build root that are others here, where something differs: why it may
 * @param packages that were built
 */
public record RebuildResult(
        String key,
        List<String> equal,
        List<String> differences,
        Optional<String> otherRoot,
        List<String> otherTools,
        List<Path> packages) {
    public RebuildResult {
        equal = List.copyOf(equal);
        differences = List.copyOf(differences);
        Objects.requireNonNull(otherRoot);
        otherTools = List.copyOf(otherTools);
        packages = List.copyOf(packages);
    }

    /** A difference is a no. */
    public ExitCode exitCode() {
        return differences.isEmpty() ? ExitCode.HOPED : ExitCode.SAYS_NO;
    }
}
