package org.patchproof.console;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A complaint of the kernel.
 *
 * @param row name of the row of {@code faults.table} that found it
 * @param title short and stable over boots: {@code WARNING in rt_bind_exception}; no addresses, pids
 *     or offsets
 * @param severity whether the kernel goes on after it
 * @param line console line where the report begins, from 1
 * @param stamp kernel time
 * @param text that line
 */
public record Fault(String row, String title, Severity severity, long line, Optional<Duration> stamp, String text) {

    /** Whether the kernel lives on. */
    public enum Severity {
        /** The kernel is dead: panic, no root file system, triple fault. */
        FATAL,
        /** The kernel complained and went on, or tries to. */
        SURVIVED
    }

    public Fault {
        Objects.requireNonNull(row);
        Objects.requireNonNull(title);
        Objects.requireNonNull(severity);
        Objects.requireNonNull(stamp);
        Objects.requireNonNull(text);
    }
}
