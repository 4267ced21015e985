package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a bug shows in the logs of machines in production. All patterns are regular expressions
 * (java.util.regex) that are found in a message, without what log formats put before it.
 *
 * @param symptom the message by which the bug shows; group {@code subject} is what is affected, group
 *     {@code value}, where it is there, a number that tells how it goes on
 * @param value what that number is called
 * @param repeats how often the message comes while the bug lasts
 * @param lasting from when on it is taken for lasting
 * @param otherwise what else prints the same message
 * @param signs what goes with the bug
 * @param rivals subjects that speak of another bug
 * @param affected which kernels have the bug; the first rule for a kernel counts
 * @param verify the bug's kernels, each with a pattern for the releases ({@code uname -r}) it stands for
 */
public record TriageSpec(
        String symptom,
        Optional<String> value,
        Duration repeats,
        Duration lasting,
        Optional<String> otherwise,
        List<Sign> signs,
        List<Rival> rivals,
        List<Affected> affected,
        Map<String, String> verify) {
    public TriageSpec {
        requireNonNull(symptom);
        requireNonNull(value);
        requireNonNull(repeats);
        requireNonNull(lasting);
        requireNonNull(otherwise);
        signs = List.copyOf(signs);
        rivals = List.copyOf(rivals);
        affected = List.copyOf(affected);
        verify = Collections.unmodifiableMap(new LinkedHashMap<>(verify));
    }

    /**
     * Something that goes with the bug.
     *
     * @param title what it means
     * @param match the message
     * @param ends the message that ends what {@code match} begins, both with a group {@code key}: the sign
     *     is what began and never ended
     * @param over the sign is only there when group {@code duration} of {@code match} is longer, or, with
     *     {@code ends}, when it did not end for longer
     * @param gap the sign is that two such messages are further apart
     */
    public record Sign(
            String title, String match, Optional<String> ends, Optional<Duration> over, Optional<Duration> gap) {
        public Sign {
            requireNonNull(title);
            requireNonNull(match);
            requireNonNull(ends);
            requireNonNull(over);
            requireNonNull(gap);
        }
    }

    /**
     * Another bug with the same message.
     *
     * @param subject the subjects that speak of it
     * @param see where to read about it
     * @param fixed the first release that cannot have it, compared number by number
     */
    public record Rival(String subject, String title, Optional<URI> see, Optional<String> fixed) {
        public Rival {
            requireNonNull(subject);
            requireNonNull(title);
            requireNonNull(see);
            requireNonNull(fixed);
        }
    }

    /**
     * A line of kernels.
     *
     * @param kernels the releases ({@code uname -r}) that the rule is about
     * @param fixed the first that has the fix, compared number by number
     * @param note what to know about those before it; with a note they count as not known, else as affected
     */
    public record Affected(String kernels, String fixed, Optional<String> note) {
        public Affected {
            requireNonNull(kernels);
            requireNonNull(fixed);
            requireNonNull(note);
        }
    }
}
