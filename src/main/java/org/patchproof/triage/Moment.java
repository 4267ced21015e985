package org.patchproof.triage;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * When something was logged.
 *
 * @param at a time of day, or, for {@link Clock#BOOT}, the epoch plus the time since the kernel's start, plus
 *     10,000 days for each start that the log saw before
 * @param clock which of them
 */
public record Moment(Instant at, Clock clock) implements Comparable<Moment> {

    /** Longer than any kernel runs, so that the times of two starts never mix. */
    private static final Duration BETWEEN_STARTS = Duration.ofDays(10_000);

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

    /** The same time after a later start of the kernel. */
    Moment afterStarts(int starts) {
        return new Moment(at.plus(BETWEEN_STARTS.multipliedBy(starts)), clock);
    }

    /** The time since the kernel's start, for {@link Clock#BOOT}. */
    Duration uptime() {
        return Duration.ofSeconds(at.getEpochSecond() % BETWEEN_STARTS.toSeconds(), at.getNano());
    }

    /** From {@code earlier} to this; only for moments of the same clock. */
    Duration since(Moment earlier) {
        return Duration.between(earlier.at, at);
    }

    /** Whether it is not after {@code other}; some logs have stamps to the second only. */
    boolean notAfter(Moment other) {
        return at.getEpochSecond() <= other.at.getEpochSecond();
    }

    @Override
    public int compareTo(Moment other) {
        return at.compareTo(other.at);
    }
}
