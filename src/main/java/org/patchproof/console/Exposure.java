package org.patchproof.console;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One time the race window was really passed through: an object was invalidated and used after it.
 * However many holders pass the same invalidated object, it is one exposure.
 *
 * @param object the object, as the console names it
 * @param madeLine console line in which it came to be; empty where the kernel does not say or the line was lost
 * @param enteredLines console lines in which those who passed it took it, in their order; as far as known
 * @param invalidatedLine console line of the invalidation, from 1
 * @param passedLine console line of the first pass after it
 * @param passedStamp kernel time of that pass
 * @param holders all who passed it, in order; may be empty when the pattern names none
 */
public record Exposure(
        String object,
        Optional<Long> madeLine,
        List<Long> enteredLines,
        long invalidatedLine,
        long passedLine,
        Optional<Duration> passedStamp,
        List<String> holders) {

    public Exposure {
        Objects.requireNonNull(object);
        Objects.requireNonNull(madeLine);
        enteredLines = List.copyOf(enteredLines);
        Objects.requireNonNull(passedStamp);
        holders = List.copyOf(holders);
    }
}
