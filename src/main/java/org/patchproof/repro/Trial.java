package org.patchproof.repro;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One disposable machine provoking the bug once.
 *
 * @param number from 1, within its cell
 * @param outcome how it ended
 * @param exposures times the race window was seen to be passed through
 * @param unreadable race events whose object could not be told from others
 * @param damaged whether the console lost or garbled something since the provoking began: what is counted may
 *     be too few. False in bundles of versions that did not keep it
 * @param faults stable titles of what the kernel complained of, each once
 * @param detail one sentence: for REPRODUCED the symptom and where it stands, for INFRA why
 * @param elapsed wall time of the whole trial
 * @param firstExposure time from the start of provoking to the first exposure
 * @param console the console log, relative to the evidence bundle; empty when there is none
 * @param symptomAt where the symptom stands: {@code console.log:123}
 * @param timeline what the console shows and where, in its order; empty in bundles of versions that
 *     did not keep it
 */
public record Trial(
        int number,
        Outcome outcome,
        int exposures,
        int unreadable,
        boolean damaged,
        List<String> faults,
        String detail,
        Duration elapsed,
        Optional<Duration> firstExposure,
        String console,
        Optional<String> symptomAt,
        List<Moment> timeline) {

    /** How a trial ended. */
    public enum Outcome {
        /** The symptom appeared. */
        REPRODUCED,
        /** The window was passed through at least once and the symptom did not appear. */
        CLEAN,
        /** The window was not seen to be passed through, so the absence of the symptom says nothing. */
        UNEXERCISED,
        /** The kernel complained of something that the control does not show. */
        FAULT,
        /** We failed: never counts for or against the kernel. */
        INFRA
    }

    public Trial {
        if (number < 1) {
            throw new IllegalArgumentException("trials are numbered from 1: " + number);
        }
        if (exposures < 0 || unreadable < 0) {
            throw new IllegalArgumentException("a count cannot be negative: " + exposures + ", " + unreadable);
        }
        Objects.requireNonNull(outcome);
        faults = List.copyOf(faults);
        Objects.requireNonNull(detail);
        Objects.requireNonNull(elapsed);
        Objects.requireNonNull(firstExposure);
        Objects.requireNonNull(console);
        Objects.requireNonNull(symptomAt);
        timeline = timeline == null ? List.of() : List.copyOf(timeline);
        if (outcome == Outcome.CLEAN && exposures == 0) {
            throw new IllegalArgumentException("trial " + number + " cannot be CLEAN without an exposure");
        }
    }

    /** Whether every exposure that there was is known to be counted. */
    public boolean countedWhole() {
        return unreadable == 0 && !damaged;
    }

    /** A trial that we could not carry through, and why. */
    public static Trial infra(int number, String why, Duration elapsed, String console) {
        return new Trial(
                number,
                Outcome.INFRA,
                0,
                0,
                false,
                List.of(),
                why,
                elapsed,
                Optional.empty(),
                console,
                Optional.empty(),
                List.of());
    }
}
