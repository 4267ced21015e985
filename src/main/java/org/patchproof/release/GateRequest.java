package org.patchproof.release;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is to be released, and how sure its proof must be.
 *
 * @param source sha256 of the vendor's source package
 * @param ships the patches that customers get, in order
 * @param confidence 0.5 to below 1
 */
public record GateRequest(
        String bug, String kernel, String variant, String source, List<PatchDigest> ships, double confidence) {
    public GateRequest {
        requireNonNull(bug);
        requireNonNull(kernel);
        requireNonNull(variant);
        requireNonNull(source);
        ships = List.copyOf(ships);
    }
}
