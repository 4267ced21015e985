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
 * @param invalidatedLine console line of the invalidation, from 1
 * @param passedLine console line of the first pass after it
 * @param passedStamp kernel time of that pass
 * @param holders all who passed it, in order; may be empty when the pattern names none
 */
public record Exposure(
        String object, long invalidatedLine, long passedLine, Optional<Duration> passedStamp, List<String> holders) {

    public Exposure {
        Objects.requireNonNull(object);
        Objects.requireNonNull(passedStamp);
        holders = List.copyOf(holders);
    }
}
