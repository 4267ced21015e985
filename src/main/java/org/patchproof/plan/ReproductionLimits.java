package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long the parts of a trial may take, in the guest.
 *
 * @param provoke from the start of the begin script until the end script is called
 * @param teardown for the end script
 * @param watch how long the console is watched for the symptom afterwards
 */
public record ReproductionLimits(Duration provoke, Duration teardown, Duration watch) {
    public ReproductionLimits {
        requireNonNull(provoke);
        requireNonNull(teardown);
        requireNonNull(watch);
    }

    /** All of it together. */
    public Duration whole() {
        return provoke.plus(teardown).plus(watch);
    }
}
