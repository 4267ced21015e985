package org.patchproof.specfile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code PatchN:} or {@code SourceN:} tag, wherever it stands, even inside a false {@code %if}.
 *
 * @param line the line that holds it
 * @param number N; empty when the tag has none, or one that a macro computes
 * @param value the file, as it stands
 */
record PatchTag(SpecLine line, OptionalInt number, String value) {
    private static final Pattern PATCH =
            Pattern.compile("\\s*Patch([^:\\s]*)\\s*:\\s*(\\S*).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SOURCE =
            Pattern.compile("\\s*Source([^:\\s]*)\\s*:\\s*(\\S*).*", Pattern.CASE_INSENSITIVE);

    static List<PatchTag> patches(SpecFile spec) {
        return find(spec, PATCH);
    }

    static List<PatchTag> sources(SpecFile spec) {
        return find(spec, SOURCE);
    }

    private static List<PatchTag> find(SpecFile spec, Pattern pattern) {
        return spec.lines().stream()
                .filter(l -> l.plainIn(Section.PREAMBLE) || l.plainIn(Section.PACKAGE))
                .map(l -> parse(l, pattern.matcher(l.text())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<PatchTag> parse(SpecLine line, Matcher m) {
        if (!m.matches()) {
            return Optional.empty();
        }
        OptionalInt number =
                m.group(1).matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(m.group(1))) : OptionalInt.empty();
        return Optional.of(new PatchTag(line, number, m.group(2)));
    }

    /** The value without directories. */
    String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }
}
