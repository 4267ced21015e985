package org.patchproof.repro;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that the console of a trial shows, and where: each number of a verdict can be traced to
 * such lines.
 *
 * @param kind what it is
 * @param line of the console log, from 1
 * @param stamp kernel time since its boot; empty where the console has no time stamps
 * @param text the mark's word, the symptom's line, the fault's title; for an exposure the object, the
 *     line that invalidated it and who used it after that
 */
public record Moment(Kind kind, long line, Optional<Duration> stamp, String text) {

    /** What a moment is. */
    public enum Kind {
        /** A word of our guest scripts: {@code begin}, {@code teardown-done}, {@code devices-gone}. */
        MARK,
        /** A race event that could not be paired. */
        UNREADABLE,
        /** The race window was passed through; the line is that of the use after the invalidation. */
        EXPOSURE,
        /** The bug showed itself. */
        SYMPTOM,
        /** The kernel complained of something. */
        FAULT
    }

    public Moment {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(stamp);
        Objects.requireNonNull(text);
    }
}
