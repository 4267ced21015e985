package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What proves that the race window was passed through: an object invalidated, and then used all the
 * same. Regular expressions (java.util.regex) that compile, with the named groups that pair the lines.
 *
 * @param entered someone found the object; groups {@code who} and {@code object}
 * @param invalidated the object was invalidated; group {@code object}
 * @param passed it was used after that; group {@code object}, and {@code who} when {@code entered} is there
 */
public record ExposureSpec(Optional<String> entered, String invalidated, String passed) {
    public ExposureSpec {
        requireNonNull(entered);
        requireNonNull(invalidated);
        requireNonNull(passed);
    }
}
