package org.patchproof.build;

import java.util.List;
import java.util.Objects;

/**
 * What was done to a spec.
 *
 * @param dialect how this spec applies patches
 * @param explanation one line for each thing that was put in, and why there
 * @param diff unified diff of the spec
 */
public record SpecChange(String dialect, List<String> explanation, String diff) {
    public SpecChange {
        Objects.requireNonNull(dialect);
        explanation = List.copyOf(explanation);
        Objects.requireNonNull(diff);
    }
}
