package org.patchproof.vm;

import java.util.Objects;

/**
 * Which acceleration is used, and why.
 *
 * @param acceleration the choice
 * @param reason a sentence for the report, e.g. {@code /dev/kvm opens but its guest said nothing in 5 s}
 */
public record AccelerationChoice(Acceleration acceleration, String reason) {
    public AccelerationChoice {
        Objects.requireNonNull(acceleration);
        Objects.requireNonNull(reason);
    }
}
