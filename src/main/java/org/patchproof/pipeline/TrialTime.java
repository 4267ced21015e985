package org.patchproof.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How long the trials of a kernel may go on: from the beginning of its first. What comes before, such as a build,
 * takes nothing from them. Not safe for several threads.
 */
final class TrialTime {
    private final Optional<Duration> most;
    private final LongSupplier nanoTime;
    private OptionalLong began = OptionalLong.empty();

    /** @param most without, they may go on for ever */
    TrialTime(Optional<Duration> most, LongSupplier nanoTime) {
        this.most = most;
        this.nanoTime = nanoTime;
    }

    /** A trial begins. */
    void trial() {
        began = began.isPresent() ? began : OptionalLong.of(nanoTime.getAsLong());
    }

    /** Whether no further trial is to begin. */
    boolean over() {
        return began.isPresent()
                && most.isPresent()
                && nanoTime.getAsLong() - began.getAsLong() >= most.get().toNanos();
    }
}
