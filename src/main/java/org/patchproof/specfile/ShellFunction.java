package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell function of {@code %prep}, from {@code name()} to the {@code }} in column 1.
 *
 * @param name its name
 * @param line the line of its name
 * @param last the line of its closing brace
 * @param body the lines between, without comments
 */
record ShellFunction(String name, SpecLine line, int last, List<String> body) {
    private static final Pattern START = Pattern.compile("(?:function\\s+)?(\\w+)\\s*\\(\\)\\s*\\{?\\s*");

    ShellFunction {
        body = List.copyOf(body);
    }

    boolean holds(int number) {
        return number >= line.number() && number <= last;
    }

    /** Whether some line of the body holds a match of {@code regex}. */
    boolean says(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return body.stream().anyMatch(l -> pattern.matcher(l).find());
    }

    static List<ShellFunction> find(SpecFile spec) {
        List<ShellFunction> functions = new ArrayList<>();
        List<SpecLine> prep = spec.in(Section.PREP).toList();
        for (int i = 0; i < prep.size(); i++) {
            Matcher m = START.matcher(prep.get(i).text());
            if (prep.get(i).kind() == SpecLine.Kind.TEXT && m.matches()) {
                int end = i + 1;
                while (end < prep.size() && !prep.get(end).text().startsWith("}")) {
                    end++;
                }
                if (end < prep.size()) {
                    List<String> body = prep.subList(i + 1, end).stream()
                            .filter(l -> l.kind() != SpecLine.Kind.COMMENT)
                            .map(SpecLine::text)
                            .toList();
                    functions.add(new ShellFunction(
                            m.group(1), prep.get(i), prep.get(end).number(), body));
                    i = end;
                }
            }
        }
        return functions;
    }
}
