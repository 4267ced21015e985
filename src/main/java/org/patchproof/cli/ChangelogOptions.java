package org.patchproof.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.specfile.ChangelogEntry;
import picocli.CommandLine.Option;

/** The options for an entry in {@code %changelog}. */
final class ChangelogOptions {
    @Option(
            names = "--changelog",
            paramLabel = "TEXT",
            description = "Add an entry with this line to %%changelog; more lines by naming it again.")
    private List<String> lines = List.of();

    @Option(names = "--author", paramLabel = "NAME", description = "Who the entry is by: 'Name <mail>'.")
    private String author;

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "The entry's date; today where not given, or the day on which the same entry was put there.")
    private String date;

    Optional<ChangelogEntry> entry() {
        if (lines.isEmpty()) {
            if (author != null || date != null) {
                throw new WrongRequestException(
                        "--author and --date are for a changelog entry", "Add --changelog 'what was done'.");
            }
            return Optional.empty();
        }
        if (author == null) {
            throw new WrongRequestException("a changelog entry needs its author", "Add --author 'Name <mail>'.");
        }
        try {
            return Optional.of(new ChangelogEntry(
                    day(), date == null ? ChangelogEntry.Dating.TODAY : ChangelogEntry.Dating.ASKED, author, lines));
        } catch (IllegalArgumentException e) {
            throw new WrongRequestException(e.getMessage(), "Write --author 'Name <mail>' --changelog 'one line'.", e);
        }
    }

    private LocalDate day() {
        try {
            return date == null ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(date);
        } catch (DateTimeException e) {
            throw new WrongRequestException("--date " + date + " is no date", "Write it as 2026-11-24.", e);
        }
    }
}
