package org.patchproof.specfile;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * An entry for the top of {@code %changelog}.
 *
 * @param date not before the newest entry of the spec: rpm prints an error for that, and exits 0
 * @param author {@code Name <mail>}, one line
 * @param lines what was done, one line each, without the leading {@code - }
 */
public record ChangelogEntry(LocalDate date, String author, List<String> lines) {
    public ChangelogEntry {
        Objects.requireNonNull(date);
        Objects.requireNonNull(author);
        lines = List.copyOf(lines);
        if (author.isBlank() || author.contains("\n")) {
            throw new IllegalArgumentException("a changelog author is one line: Name <mail>");
        }
        if (lines.isEmpty() || lines.stream().anyMatch(l -> l.isBlank() || l.contains("\n"))) {
            throw new IllegalArgumentException("a changelog entry has lines, none of them blank or broken");
        }
    }
}
