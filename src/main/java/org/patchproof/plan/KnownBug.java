package org.patchproof.plan;

import java.util.Objects;

/**
 * A bug as far as it is looked for in logs.
 *
 * @param name as in {@code specs/bugs/<name>}
 * @param title what it is, in a line
 * @param triage how it shows
 */
public record KnownBug(String name, String title, TriageSpec triage) {
    public KnownBug {
        Objects.requireNonNull(name);
        Objects.requireNonNull(title);
        Objects.requireNonNull(triage);
    }
}
