package org.patchproof.triage;

import java.util.Objects;

/** A line of a log, from 1. */
public record Seen(String log, long line) {
    public Seen {
        Objects.requireNonNull(log);
    }

    /** {@code kern.log:123}. */
    @Override
    public String toString() {
        return log + ":" + line;
    }
}
