package org.patchproof.patch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watches the text around the diffs of somebody else's patch for what GNU patch applies as well and {@link LooseDiff}
 * does not read: context and normal diffs, ed scripts, indented ones, hunks without both names (see
 * intuit_diff_type in its pch.c).
 */
final class UnreadDiffs {
    /** What may name a file, and the two words behind it at most. */
    private static final Pattern NAMES =
            Pattern.compile("(---|\\+\\+\\+|\\*\\*\\*|Index:|diff --git)\\s+(\\S+)(?:\\s+(\\S+))?.*", Pattern.DOTALL);

    private static final Pattern ED_COMMAND = Pattern.compile("\\d[\\d,]{0,40}[acdis][\\d,]{0,40}");

    private final Function<String, String> stripped;
    /** By what named them: the last of each is what counts for the tool. */
    private final Map<String, String> names = new HashMap<>();

    private boolean edBefore;

    /**
     * Begins with no name.
     *
     * @param stripped what is left of a name; null when nothing is
     */
    UnreadDiffs(Function<String, String> stripped) {
        this.stripped = stripped;
    }

    /** Forgets the names that are known, for those of a diff that begins. */
    void begin(String oldLine, String newLine) {
        names.clear();
        name(bare(oldLine));
        name(bare(newLine));
    }

    /** The files that a line, which is in no diff that is read, may change. */
    Set<String> changedBy(String line) {
        String bare = bare(line);
        boolean ed = edBefore && (bare.equals(".") || bare.startsWith("< ") || bare.startsWith("> "));
        edBefore = !bare.isEmpty()
                && Character.isDigit(bare.charAt(0))
                && ED_COMMAND.matcher(bare).matches();
        if (ed || bare.startsWith("@@ -") || bare.startsWith("********") || bare.equals("GIT binary patch")) {
            return new HashSet<>(names.values());
        }
        name(bare);
        return Set.of();
    }

    private void name(String bare) {
        if (bare.isEmpty() || "-+*Id".indexOf(bare.charAt(0)) < 0) {
            return;
        }
        Matcher m = NAMES.matcher(bare);
        if (m.matches()) {
            put(m.group(1), m.group(2));
            if (m.group(1).startsWith("diff") && m.group(3) != null) {
                put("diff, second", m.group(3));
            }
        }
    }

    private void put(String kind, String name) {
        String left = stripped.apply(name);
        if (left != null) {
            names.put(kind, left);
        }
    }

    /** A line without the blanks before it, and the one of DOS behind it. */
    private static String bare(String line) {
        return line.strip();
    }
}
