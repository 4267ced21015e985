package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of {@code %prep} that applies patches or unpacks a tree.
 *
 * @param kind what it does
 * @param line the line where it starts
 * @param text the whole of it, continuation lines joined by a blank
 */
record PrepCall(Kind kind, SpecLine line, String text) {

    /** What a line of {@code %prep} does to the tree; each pattern is tried at the line's begin only. */
    enum Kind {
        GIT_AM("(?:|.*[;&|(\\s])git\\b[^;|]*?\\sam(?:\\s|$)"),
        AUTOSETUP("\\s*%\\{?autosetup\\b"),
        AUTOPATCH("\\s*%\\{?autopatch\\b"),
        NUMBERED("\\s*%\\{?patch(?:\\d+)?(?:[\\s}]|$)"),
        FUNCTION("(?:|.*[;&|\\s])Apply\\w*Patch\\w*\\s+\\S"),
        SERIES(".*\\b(?:series\\.conf|apply-patches)\\b"),
        GIT_APPLY("(?:|.*[;&|(\\s])git\\b[^;|]*?\\sapply(?:\\s|$)"),
        RAW("(?:|.*[;&|(\\s/])(?:patch|%\\{?__patch\\}?)\\s+(?:-\\S+\\s+(?:\\d+\\s+)?)*"
                + "(?:-\\w*p\\s*\\d|--strip[=\\s]\\d)"),
        SETUP("\\s*%\\{?setup\\b");

        private final Pattern pattern;

        Kind(String regex) {
            pattern = Pattern.compile(regex, Pattern.DOTALL);
        }
    }

    /** No pattern is tried on a longer line: it is a call of which nobody knows what it applies. */
    static final int LONGEST = 4096;

    private static final int SHOWN = 100;

    /** Without one of them, no pattern matches. */
    private static final List<String> WORDS = List.of("atch", "git", "setup", "series.conf");

    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*\\w*patch\\w*=.*");

    /** Whether it applies patches. */
    boolean applies() {
        return kind != Kind.SETUP;
    }

    /** Whether it names all patches that are declared. */
    boolean takesAllDeclared() {
        return text.matches(".*%\\{?patches\\b.*");
    }

    /** All of them in order, without those in the bodies of shell functions. */
    static List<PrepCall> find(SpecFile spec, List<ShellFunction> functions) {
        List<PrepCall> calls = new ArrayList<>();
        for (int i = 0; i < spec.lines().size(); i++) {
            SpecLine line = spec.lines().get(i);
            if (line.plainIn(Section.PREP) && functions.stream().noneMatch(f -> f.holds(line.number()))) {
                String whole = joined(spec, i);
                if (whole.length() > LONGEST && WORDS.stream().anyMatch(whole::contains)) {
                    calls.add(new PrepCall(Kind.RAW, line, whole.substring(0, SHOWN) + " ..."));
                    continue;
                }
                kindOf(whole)
                        .or(() -> runsSeries(spec, whole) ? Optional.of(Kind.SERIES) : Optional.empty())
                        .ifPresent(kind -> calls.add(new PrepCall(kind, line, whole)));
            }
        }
        return calls;
    }

    private static Optional<Kind> kindOf(String text) {
        if (WORDS.stream().noneMatch(text::contains)) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            if (kind.pattern.matcher(text).lookingAt()
                    && !ASSIGNMENT.matcher(text).matches()) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether a line runs what applies a series, by the number of its Source. */
    private static boolean runsSeries(SpecFile spec, String text) {
        String command = text.strip();
        boolean runs = command.startsWith("%{S") || command.startsWith("%S") || command.contains("sh %");
        return runs
                && PatchTag.sources(spec).stream()
                        .filter(t -> t.number().isPresent() && t.fileName().matches("apply-patches|series\\.conf"))
                        .anyMatch(t -> command.matches(
                                ".*%\\{?(?:SOURCE|S:)" + t.number().getAsInt() + "\\b.*"));
    }

    private static String joined(SpecFile spec, int index) {
        StringBuilder whole = new StringBuilder(spec.texts().get(index));
        for (int i = index + 1; whole.length() > 0 && whole.charAt(whole.length() - 1) == '\\' && i < index + 50; i++) {
            if (i >= spec.texts().size()) {
                break;
            }
            whole.setCharAt(whole.length() - 1, ' ');
            whole.append(spec.texts().get(i).strip());
        }
        return whole.toString();
    }
}
