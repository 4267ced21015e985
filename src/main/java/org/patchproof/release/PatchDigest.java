package org.patchproof.release;

import java.util.Objects;

/** A patch by its name and the sha256 of its file. */
public record PatchDigest(String name, String sha256) {
    public PatchDigest {
        Objects.requireNonNull(name);
        Objects.requireNonNull(sha256);
    }

    @Override
    public String toString() {
        return name + " (sha256 " + sha256.substring(0, Math.min(12, sha256.length())) + ")";
    }
}
