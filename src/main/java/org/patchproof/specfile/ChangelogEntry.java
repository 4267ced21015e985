package org.patchproof.specfile;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * An entry for the top of {@code %changelog}.
 *
 * @param date not before the newest entry of the spec: rpm prints an error for that, and exits 0
 * @param dating whether the date was asked for
 * @param author {@code Name <mail>}, one line
 * @param lines what was done, one line each, without the leading {@code - }
 */
public record ChangelogEntry(LocalDate date, Dating dating, String author, List<String> lines) {

    /** Whether an entry that is there already, equal but for its date, is this one. */
    public enum Dating {
        /** It is another: this date was asked for. */
        ASKED,
        /** It is this one: it happens to be written today. */
        TODAY
    }

    public ChangelogEntry {
        Objects.requireNonNull(date);
        Objects.requireNonNull(dating);
        Objects.requireNonNull(author);
        lines = List.copyOf(lines);
        if (author.isBlank() || author.contains("\n")) {
            throw new IllegalArgumentException("a changelog author is one line: Name <mail>");
        }
        if (lines.isEmpty() || lines.stream().anyMatch(l -> l.isBlank() || l.contains("\n"))) {
            throw new IllegalArgumentException("a changelog entry has lines, none of them blank or broken");
        }
    }

    /** With a date that was asked for. */
    public ChangelogEntry(LocalDate date, String author, List<String> lines) {
        this(date, Dating.ASKED, author, lines);
    }

    ChangelogEntry on(LocalDate other) {
        return new ChangelogEntry(other, dating, author, lines);
    }
}
