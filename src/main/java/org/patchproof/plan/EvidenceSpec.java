package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

/**
 * What a bug and its race look like on the console.
 *
 * @param symptom regular expression (java.util.regex) that is found in a line only if the bug is there;
 *     it compiles and does not match an empty line
 */
public record EvidenceSpec(String symptom, ExposureSpec exposure) {
    public EvidenceSpec {
        requireNonNull(symptom);
        requireNonNull(exposure);
    }
}
