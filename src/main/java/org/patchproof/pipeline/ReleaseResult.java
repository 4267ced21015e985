package org.patchproof.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchproof.release.CustomerTrial;
import org.patchproof.release.ReleasedPackage;

/**
 * What was released.
 *
 * @param directory with packages, repository and papers
 * @param versions the table, a line each
 * @param differences to the unfixed kernel, a line each
 * @param trial what a customer's machine showed; empty when it was left out
 * @param exitCode HOPED, or SAYS_NO where it is released without proof, or untried, and that was said only once
 */
public record ReleaseResult(
        Path directory,
        List<ReleasedPackage> packages,
        List<String> versions,
        List<String> differences,
        Optional<CustomerTrial> trial,
        ExitCode exitCode) {
    public ReleaseResult {
        packages = List.copyOf(packages);
        versions = List.copyOf(versions);
        differences = List.copyOf(differences);
        requireNonNull(trial);
    }
}
