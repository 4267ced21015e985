package org.patchproof.release;

import java.util.Objects;

/**
 * Why something is not released.
 *
 * @param what is missing or wrong
 * @param remedy what would supply it, mostly a command
 */
public record Refusal(String what, String remedy) {
    public Refusal {
        Objects.requireNonNull(what);
        Objects.requireNonNull(remedy);
    }
}
