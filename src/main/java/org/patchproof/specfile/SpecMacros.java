package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The macros that a spec defines itself, with all the bodies that each of them may have. */
final class SpecMacros {
    private static final Pattern DEFINED = Pattern.compile("\\s*%(?:define|global)\\s+(\\w+)(?:\\([^)]*\\))?(.*)");
    private static final Pattern USED = Pattern.compile("(?<!%)%(?:\\{[!?]*(\\w+)|[!?]*([a-zA-Z_]\\w*))");

    /**
     * One definition.
     *
     * @param line where it begins
     * @param body its lines, without the backslashes that continue them
     */
    record Definition(SpecLine line, List<String> body) {}

    private final Map<String, List<Definition>> definitions = new HashMap<>();

    SpecMacros(SpecFile spec) {
        List<String> body = new ArrayList<>();
        for (SpecLine line : spec.lines()) {
            if (line.kind() != SpecLine.Kind.MACRO) {
                continue;
            }
            Matcher m = DEFINED.matcher(line.text());
            if (m.matches()) {
                body = new ArrayList<>();
                definitions.computeIfAbsent(m.group(1), n -> new ArrayList<>()).add(new Definition(line, body));
            }
            body.add(plain(m.matches() ? m.group(2) : line.text()));
        }
    }

    private static String plain(String text) {
        String bare = text.strip();
        return bare.endsWith("\\") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** All definitions of a macro; none where the spec has none. */
    List<Definition> of(String name) {
        return definitions.getOrDefault(name, List.of());
    }

    /** What a macro stands for where that is one line. */
    List<String> values(String name) {
        return of(name).stream()
                .map(d -> String.join(" ", d.body()).strip())
                .distinct()
                .toList();
    }

    /** The names of the spec's own macros in a line. */
    Set<String> usedIn(String text) {
        Set<String> names = new TreeSet<>();
        if (text.indexOf('%') >= 0) {
            Matcher m = USED.matcher(text);
            while (m.find()) {
                String name = m.group(1) == null ? m.group(2) : m.group(1);
                if (definitions.containsKey(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** The lines of all the macros in a line, and of those in them. */
    List<String> linesOf(String text) {
        Set<String> seen = new TreeSet<>();
        List<String> lines = new ArrayList<>();
        lines.add(text);
        for (int i = 0; i < lines.size() && lines.size() < 5000; i++) {
            for (String name : usedIn(lines.get(i))) {
                if (seen.add(name)) {
                    of(name).forEach(d -> lines.addAll(d.body()));
                }
            }
        }
        return lines.subList(1, lines.size());
    }
}
