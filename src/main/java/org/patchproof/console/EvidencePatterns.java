package org.patchproof.console;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How one bug shows itself on the console. The patterns are found anywhere in the text of a line,
 * after time stamp and caller were taken off.
 *
 * @param symptom the bug itself; any named groups are the bug's own business
 * @param exposure how the race window shows; empty for a bug that has no such instrumentation: then
 *     no trial can ever be called clean
 */
public record EvidencePatterns(Pattern symptom, Optional<ExposurePatterns> exposure) {

    public EvidencePatterns {
        Objects.requireNonNull(symptom);
        Objects.requireNonNull(exposure);
    }

    /** Patterns of a bug whose race window is instrumented. */
    public static EvidencePatterns of(Pattern symptom, ExposurePatterns exposure) {
        return new EvidencePatterns(symptom, Optional.of(exposure));
    }

    /** Patterns of a bug of which only the symptom is known. */
    public static EvidencePatterns of(Pattern symptom) {
        return new EvidencePatterns(symptom, Optional.empty());
    }

    /** No bug at all: marks, faults and damage only, as while a guest boots. */
    public static EvidencePatterns none() {
        return of(Pattern.compile("(?!)"));
    }
}
