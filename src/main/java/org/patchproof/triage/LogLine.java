package org.patchproof.triage;

import java.util.Objects;
import java.util.Optional;

/**
 * A message, with what its log's format says of it.
 *
 * @param moment when, if the line says so
 * @param host whose, if the line says so
 * @param text the message alone
 */
record LogLine(Optional<Moment> moment, Optional<String> host, String text) {
    LogLine {
        Objects.requireNonNull(moment);
        Objects.requireNonNull(host);
        Objects.requireNonNull(text);
    }
}
