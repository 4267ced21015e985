package org.patchproof.triage;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * When something was logged.
 *
 * @param at a time of day, or, for {@link Clock#BOOT}, the epoch plus the time since the kernel's start
 * @param clock which of them
 */
public record Moment(Instant at, Clock clock) implements Comparable<Moment> {

    /** What a time is counted from. */
    public enum Clock {
        WALL,
        BOOT
    }

    public Moment {
        Objects.requireNonNull(at);
        Objects.requireNonNull(clock);
    }

    static Moment wall(Instant at) {
        return new Moment(at, Clock.WALL);
    }

    static Moment sinceBoot(Duration time) {
        return new Moment(Instant.EPOCH.plus(time), Clock.BOOT);
    }

    /** From {@code earlier} to this; only for moments of the same clock. */
    Duration since(Moment earlier) {
        return Duration.between(earlier.at, at);
    }

    @Override
    public int compareTo(Moment other) {
        return at.compareTo(other.at);
    }
}
