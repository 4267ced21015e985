package org.patchproof.specfile;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.patch.ApplyRule;
import org.patchproof.patch.PatchStyle;

/**
 * How one dialect wants a series.
 *
 * @param name the dialect's name, for people
 * @param style how the patches are written into SOURCES
 * @param rule how the spec applies them
 * @param calls where the patches are applied; empty when declaring them suffices
 * @param explanation lines for a person
 */
record DialectPlan(String name, PatchStyle style, ApplyRule rule, Optional<Calls> calls, List<String> explanation) {
    DialectPlan {
        Objects.requireNonNull(name);
        Objects.requireNonNull(style);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(calls);
        explanation = List.copyOf(explanation);
    }

    /**
     * Lines for {@code %prep}.
     *
     * @param before the line before which they go
     * @param lines one per patch, in order
     * @param why why there
     */
    record Calls(int before, List<String> lines, String why) {
        Calls {
            lines = List.copyOf(lines);
        }
    }
}
