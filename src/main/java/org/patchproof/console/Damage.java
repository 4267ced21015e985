package org.patchproof.console;

import java.util.Objects;

/**
 * A place where the console is less than the whole truth, so that nothing may be concluded from an
 * absence.
 *
 * @param kind in what way
 * @param line console line, from 1
 * @param text what is there, in words
 */
public record Damage(Kind kind, long line, String text) {

    /** In what way a console can be less than the truth. */
    public enum Kind {
        /** printk says that it dropped messages. */
        LOST_LINES,
        /** Kernel time went back by more than a second: the machine was reset. */
        TIME_WENT_BACK,
        /** Bytes that are no text, in a line of the kernel. */
        UNDECODABLE,
        /** A line longer than {@link ConsoleLine#LIMIT}; what followed was dropped. */
        LINE_TOO_LONG,
        /** More events than {@link Evidence#EVENT_LIMIT}; the rest was not kept. */
        TOO_MANY_EVENTS
    }

    public Damage {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(text);
    }
}
