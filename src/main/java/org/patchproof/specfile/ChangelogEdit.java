package org.patchproof.specfile;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts an entry at the top of {@code %changelog}. */
final class ChangelogEdit {
    private static final Pattern HEAD = Pattern.compile("\\*\\s+\\w{3}\\s+(\\w{3})\\s+(\\d{1,2})\\s+(\\d{4})\\b.*");
    private static final DateTimeFormatter READ = DateTimeFormatter.ofPattern("MMM d uuuu", Locale.US);
    private static final DateTimeFormatter WRITE = DateTimeFormatter.ofPattern("EEE MMM dd uuuu", Locale.US);

    private ChangelogEdit() {}

    static void apply(SpecFile spec, ChangelogEntry entry, SpecEdits edits) {
        List<SpecLine> heads = spec.in(Section.CHANGELOG)
                .filter(l -> l.kind() == SpecLine.Kind.SECTION)
                .toList();
        if (heads.size() != 1 || heads.get(0).depth() > 0) {
            throw new Refusal(
                    "the spec has " + heads.size() + " unconditional %changelog sections instead of one",
                    "inject without a changelog entry");
        }
        newest(spec).filter(entry.date()::isBefore).ifPresent(newest -> {
            throw new Refusal(
                    "the newest changelog entry is of " + newest + ", ours would be of " + entry.date(),
                    "date it " + newest + " or later: rpm complains of an entry out of order, and goes on");
        });
        edits.insert(heads.get(0).number() + 1, lines(entry), "asked for");
    }

    private static List<String> lines(ChangelogEntry entry) {
        List<String> lines = new ArrayList<>();
        lines.add("* " + entry.date().format(WRITE) + " " + bytes(entry.author()));
        entry.lines().forEach(l -> lines.add("- " + bytes(l)));
        return lines;
    }

    /** {@code entry} with the date under which {@code spec} has it on top already; else as it is. */
    static ChangelogEntry asThere(SpecFile spec, ChangelogEntry entry) {
        if (entry.dating() == ChangelogEntry.Dating.ASKED) {
            return entry;
        }
        List<String> there = spec.in(Section.CHANGELOG).map(SpecLine::text).toList();
        return newest(spec)
                .map(entry::on)
                .filter(redated -> Collections.indexOfSubList(there, lines(redated)) >= 0)
                .orElse(entry);
    }

    private static Optional<LocalDate> newest(SpecFile spec) {
        return spec.in(Section.CHANGELOG)
                .map(l -> HEAD.matcher(l.text()))
                .filter(Matcher::matches)
                .map(ChangelogEdit::date)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<LocalDate> date(Matcher m) {
        try {
            return Optional.of(
                    LocalDate.parse(m.group(1) + " " + m.group(2).replaceFirst("^0", "") + " " + m.group(3), READ));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Text of ours as a line of the spec: UTF-8 bytes, macros taken literally. */
    private static String bytes(String text) {
        return new String(text.replace("%", "%%").getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
