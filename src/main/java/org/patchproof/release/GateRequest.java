package org.patchproof.release;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.patchproof.verdict.Standard;

/**
 * What is to be released, and what its proof must have ruled out, how surely.
 *
 * @param source sha256 of the vendor's source package
 * @param build digest of how the kernel is built, as its YAML says
 * @param ships the patches that customers get, in order
 * @param instrumentation patches that are known to be no more than that: what is built is looked through for each
 * @param standard at least that of the proof
 */
public record GateRequest(
        String bug,
        String kernel,
        String variant,
        String source,
        String build,
        List<PatchDigest> ships,
        List<PatchDigest> instrumentation,
        Standard standard) {
    public GateRequest {
        requireNonNull(bug);
        requireNonNull(kernel);
        requireNonNull(variant);
        requireNonNull(source);
        requireNonNull(build);
        ships = List.copyOf(ships);
        instrumentation = List.copyOf(instrumentation);
        requireNonNull(standard);
    }

    /** Its names. */
    Proof.Subject subject() {
        return new Proof.Subject(bug, kernel, variant);
    }
}
