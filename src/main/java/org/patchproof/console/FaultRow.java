package org.patchproof.console;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One row of the table of faults.
 *
 * @param name its name
 * @param match the line that begins the report
 * @param title the title, with {@code {group}} for named groups of {@code match} or {@code place}, and
 *     {@code {function}} for what the registers or the call trace name
 * @param place where in the following lines the rest of the title is found
 * @param otherwise the title when nothing in the following lines fills the first one
 * @param absorbs lines that begin other reports but belong to this one
 * @param severity whether the kernel lives on
 */
record FaultRow(
        String name,
        Pattern match,
        String title,
        Place place,
        Optional<String> otherwise,
        Optional<Pattern> absorbs,
        Fault.Severity severity) {

    /** Where the title's parts are found. */
    sealed interface Place {
        /** All in the line that matches. */
        record Line() implements Place {}

        /** The function at which the registers stand, or the first of the call trace that is not plumbing. */
        record Trace() implements Place {}

        /** The function of the line that matches; where that one is plumbing, as {@link Trace}. */
        record Caller() implements Place {}

        /** A following line, by a pattern of its own. */
        record Below(Pattern pattern) implements Place {}
    }

    FaultRow {
        Objects.requireNonNull(name);
        Objects.requireNonNull(match);
        Objects.requireNonNull(title);
        Objects.requireNonNull(place);
        Objects.requireNonNull(otherwise);
        Objects.requireNonNull(absorbs);
        Objects.requireNonNull(severity);
    }
}
