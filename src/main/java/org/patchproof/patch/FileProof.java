package org.patchproof.patch;

import java.util.Objects;
import java.util.Optional;

/**
 * One file before and after a series.
 *
 * @param path relative to the tree
 * @param before sha256 with the series taken out; empty when the series creates the file
 * @param after sha256 in the prepared tree; empty when the series deletes the file
 */
public record FileProof(String path, Optional<String> before, Optional<String> after) {
    public FileProof {
        Objects.requireNonNull(path);
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
    }
}
