package org.patchproof.console;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of the console that means something.
 *
 * @param kind what it means
 * @param line number in the console, from 1
 * @param stamp the kernel's time stamp, since its boot
 * @param object the object it is about, for ENTERED, INVALIDATED and PASSED
 * @param holder who held the object: group {@code who}, with the caller id of printk when there is
 *     one ({@code 86@T86}, {@code 0@C2})
 * @param text the line; for a FAULT its title
 */
public record Event(
        Kind kind, long line, Optional<Duration> stamp, Optional<String> object, Optional<String> holder, String text) {

    /** What a line means. */
    public enum Kind {
        /** A holder took an object. */
        ENTERED,
        /** An object became invalid. */
        INVALIDATED,
        /** A holder used an object. */
        PASSED,
        /** The bug showed itself. */
        SYMPTOM,
        /** A line of our own guest scripts. */
        MARK,
        /** The kernel complained of something. */
        FAULT
    }

    public Event {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(stamp);
        Objects.requireNonNull(object);
        Objects.requireNonNull(holder);
        Objects.requireNonNull(text);
    }
}
