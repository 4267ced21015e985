package org.patchproof.build;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.srpm.RpmFileEntry;
import org.patchproof.srpm.UnpackedSource;

/**
 * The time that a build of a source package says it was made at. It follows from the package alone, never
 * from a clock, and is the same for all variants of a kernel: noon (UTC) of the newest entry of its
 * changelog, as rpm's own {@code source_date_epoch_from_changelog} has it; where the spec has no dated
 * entry, the time of the spec file that the package's header records.
 */
final class SourceDate {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** {@code * Mon Nov 23 2026 Somebody}, and {@code * Mon Nov 23 12:00:00 CET 2026 Somebody} of newer rpms. */
    private static final Pattern ENTRY = Pattern.compile(
            "\\*\\s+[A-Za-z]{3}\\s+(?<month>[A-Za-z]{3})\\s+(?<day>\\d{1,2})\\s+(?:\\d\\d:\\d\\d:\\d\\d\\s+\\S+\\s+)?(?<year>\\d{4})\\b.*");

    private SourceDate() {}

    /**
     * @param spec the spec file's bytes
     * @param source the package it came in
     * @throws BuildTroubleException when neither changelog nor header has a date
     */
    static Instant of(byte[] spec, UnpackedSource source) {
        return ofChangelog(new String(spec, StandardCharsets.ISO_8859_1))
                .or(() -> source.files().stream()
                        .filter(RpmFileEntry::isSpecFile)
                        .flatMap(file -> file.mtime().stream())
                        .findFirst())
                .orElseThrow(() -> new BuildTroubleException(
                        source.nevra() + " has no date: no changelog entry in its spec, no time of the spec in its"
                                + " header",
                        "Add a %changelog with a dated entry to the spec: two builds of it must say the same time."));
    }

    /** Noon of the first dated entry behind {@code %changelog}. */
    static Optional<Instant> ofChangelog(String spec) {
        return spec.lines()
                .dropWhile(line -> !line.strip().equals("%changelog"))
                .map(ENTRY::matcher)
                .filter(Matcher::matches)
                .flatMap(entry -> date(entry).stream())
                .findFirst();
    }

    private static Optional<Instant> date(Matcher entry) {
        int month = MONTHS.indexOf(entry.group("month").toLowerCase(Locale.ROOT)) + 1;
        try {
            LocalDate day =
                    LocalDate.of(Integer.parseInt(entry.group("year")), month, Integer.parseInt(entry.group("day")));
            return Optional.of(day.atTime(12, 0).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
