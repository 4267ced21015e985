package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.List;

/**
 * What a rebuild showed.
 *
 * @param key that signed the provenance, its last 16 digits
 * @param equal packages that are equal but for their signatures
 * @param differences file by file; empty when all are equal
 * @param otherTools packages of the build root that are others here, where something differs: why it may
 * @param packages that were built
 */
public record RebuildResult(
        String key, List<String> equal, List<String> differences, List<String> otherTools, List<Path> packages) {
    public RebuildResult {
        equal = List.copyOf(equal);
        differences = List.copyOf(differences);
        otherTools = List.copyOf(otherTools);
        packages = List.copyOf(packages);
    }

    /** A difference is a no. */
    public ExitCode exitCode() {
        return differences.isEmpty() ? ExitCode.HOPED : ExitCode.SAYS_NO;
    }
}
