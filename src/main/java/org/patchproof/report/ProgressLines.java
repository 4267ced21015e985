package org.patchproof.report;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Progress as lines of text. Safe for use by several threads. */
public interface ProgressLines extends AutoCloseable {

    /**
     * Who does something.
     *
     * @param variant empty for what all variants of the kernel share
     */
    record Who(String kernel, String variant) {
        public Who {
            Objects.requireNonNull(kernel);
            Objects.requireNonNull(variant);
        }

        @Override
        public String toString() {
            return Words.harmless(variant.isEmpty() ? kernel : kernel + " " + variant);
        }
    }

    /** {@code who} begins with {@code label}; {@code detail} may be empty. */
    void started(Who who, String label, String detail, Optional<Duration> estimate);

    /** {@code who} is at {@code detail} now. */
    void progressed(Who who, String label, String detail);

    /** {@code who} is done with {@code label}; {@code detail} may be empty. */
    void finished(Who who, String label, Duration elapsed, String detail);

    /** A line of its own. */
    void note(String text);

    /** Time has passed: shows the new elapsed times, where they are shown. */
    void tick();

    /** Leaves the screen as a next program expects it. */
    @Override
    void close();

    /** {@code done in 83 s: what came of it}. */
    static String done(String label, Duration elapsed, String detail) {
        return label + ": done in " + Words.of(elapsed) + (detail.isBlank() ? "" : ": " + Words.harmless(detail));
    }
}
