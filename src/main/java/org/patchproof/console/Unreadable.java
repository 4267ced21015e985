package org.patchproof.console;

import java.util.Objects;

/**
 * An event whose object cannot be told from others, so that it was not paired.
 *
 * @param line console line, from 1
 * @param object what is printed in its place: {@code (____ptrval____)}, {@code (null)}
 * @param reason why it is not readable, and the remedy
 */
public record Unreadable(long line, String object, String reason) {

    public Unreadable {
        Objects.requireNonNull(object);
        Objects.requireNonNull(reason);
    }
}
