package org.patchproof.console;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One message on the console. Two messages that came to stand on one line (a program's prompt and a
 * kernel message, say) are two of these with the same number.
 *
 * @param number line number in the console, from 1, as {@code grep -n} counts
 * @param offset where the message begins: bytes from the start of the console
 * @param stamp kernel time; empty for what the firmware and programs print
 * @param caller {@code T<pid>} or {@code C<cpu>}, from kernels with CONFIG_PRINTK_CALLER
 * @param text the message, without escapes, control characters, time stamp and caller
 * @param flaws what is wrong with it
 */
public record ConsoleLine(
        long number, long offset, Optional<Duration> stamp, Optional<String> caller, String text, Set<Flaw> flaws) {

    /** The most that is kept of a line, in bytes. A printk record has 1 KiB at most. */
    public static final int LIMIT = 8 * 1024;

    /** What can be wrong with a line. */
    public enum Flaw {
        /** It was longer than {@link #LIMIT}. */
        TRUNCATED,
        /** It has bytes that are not UTF-8. */
        UNDECODABLE
    }

    public ConsoleLine {
        Objects.requireNonNull(stamp);
        Objects.requireNonNull(caller);
        Objects.requireNonNull(text);
        flaws = Set.copyOf(flaws);
    }
}
