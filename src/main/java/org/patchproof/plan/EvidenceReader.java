package org.patchproof.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads the evidence of a bug: patterns that compile and have the groups that pair lines. */
final class EvidenceReader {
    static final EvidenceSpec STAND_IN = new EvidenceSpec("", new ExposureSpec(Optional.empty(), "", ""));

    private static final int PATTERN_LIMIT = 1000;
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private EvidenceReader() {}

    static Optional<EvidenceSpec> read(YamlValue value) {
        return value.table().map(table -> {
            EvidenceSpec evidence = new EvidenceSpec(
                    table.required("symptom", pattern(List.of()), ""),
                    table.required("exposure", EvidenceReader::exposure, STAND_IN.exposure()));
            table.refuseOthers();
            return evidence;
        });
    }

    private static Optional<ExposureSpec> exposure(YamlValue value) {
        return value.table().map(table -> {
            boolean paired = table.has("entered");
            ExposureSpec exposure = new ExposureSpec(
                    table.optional("entered", pattern(List.of("who", "object"))),
                    table.required("invalidated", pattern(List.of("object")), ""),
                    table.required("passed", pattern(paired ? List.of("object", "who") : List.of("object")), ""));
            table.refuseOthers();
            return exposure;
        });
    }

    /** A regular expression with at least these named groups. */
    static ValueReader<String> pattern(List<String> groups) {
        return value -> Values.line(value).flatMap(text -> {
            if (text.length() > PATTERN_LIMIT) {
                return value.wrong(value.name() + ": is longer than " + PATTERN_LIMIT + " characters", "Shorten it.");
            }
            try {
                Pattern.compile(text);
                return check(value, text, groups);
            } catch (PatternSyntaxException e) {
                String place = e.getIndex() < 0 ? "" : " at its character " + (e.getIndex() + 1);
                return value.wrong(
                        value.name() + ": is no regular expression: " + Shown.plain(e.getDescription()) + place,
                        "Mend it (java.util.regex); in single quotes YAML leaves backslashes alone.");
            }
        });
    }

    private static Optional<String> check(YamlValue value, String text, List<String> groups) {
        if (Pattern.compile(text).matcher("").find()) {
            return value.wrong(
                    value.name() + ": matches an empty line, and so every line", "Let it insist on some text.");
        }
        List<String> missing = groups.stream().filter(g -> !hasGroup(text, g)).toList();
        missing.forEach(group -> value.wrong(
                value.name() + ": has no group named \"" + group + "\"",
                "Write (?<" + group + ">...) around the part that names it. " + groupsHint(group, text)));
        return missing.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /**
     * Java 17 does not tell a pattern's groups. Before an empty alternative that always matches, the group
     * is either known, if unset, or not.
     */
    static boolean hasGroup(String regex, String group) {
        Matcher matcher = Pattern.compile("|" + regex).matcher("");
        try {
            return matcher.lookingAt() && matcher.group(group) == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String groupsHint(String group, String text) {
        List<String> there = new ArrayList<>();
        Matcher matcher = GROUP.matcher(text);
        while (matcher.find()) {
            there.add(matcher.group(1));
        }
        return there.isEmpty() ? "It has no named group." : Nearest.hint(group, there);
    }
}
