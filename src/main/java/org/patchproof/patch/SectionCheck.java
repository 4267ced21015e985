package org.patchproof.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a hunk stands in the function that its header names. Exact context is no guard where two
 * functions hold the same lines; a header's section is. It is by custom the last line before the hunk
 * that starts with a letter, {@code _} or {@code $}, cut at 40 (diff -p) or 80 (git) bytes.
 */
final class SectionCheck {
    private static final Pattern TOP_LEVEL = Pattern.compile("[A-Za-z_$].*", Pattern.DOTALL);
    private static final Pattern LABEL = Pattern.compile("[A-Za-z_$][A-Za-z_$0-9]*:\\s*(?:$|/.*)");

    private SectionCheck() {}

    /** How sure we are. */
    enum Kind {
        INSIDE,
        UNSURE,
        ELSEWHERE
    }

    /**
     * What was found.
     *
     * @param why in words, for all but INSIDE
     */
    record Finding(Kind kind, String why) {}

    /**
     * Looks at one hunk.
     *
     * @param lines the file before the patch
     * @param at where the hunk's first line stands in it, counted from 1
     */
    static Finding check(Hunk hunk, List<String> lines, int at) {
        List<Integer> named = named(hunk.section(), lines);
        if (named.size() != 1) {
            String times = named.isEmpty() ? "not in the file" : named.size() + " times in the file";
            return new Finding(Kind.UNSURE, "'" + hunk.section() + "' stands " + times + ": function not checked");
        }
        int section = named.get(0);
        int limit = Math.min(at, lines.size() + 1);
        int owner = lastTopLevel(lines, limit, false);
        if (owner == section || lastTopLevel(lines, limit, true) == section) {
            return new Finding(Kind.INSIDE, "");
        }
        if (section < limit && firstStartingWith(lines, '}', section, limit) == 0) {
            return new Finding(Kind.INSIDE, "");
        }
        boolean startsOther = hunk.oldLines().stream().anyMatch(SectionCheck::isTopLevel);
        if (owner > 0 && inBody(lines, owner, limit) && !startsOther) {
            return new Finding(
                    Kind.ELSEWHERE,
                    "the patch names '" + hunk.section() + "' (line " + section + "), but the hunk stands in '"
                            + lines.get(owner - 1) + "' (line " + owner + ")");
        }
        return new Finding(
                Kind.UNSURE, "between functions: whether it belongs to '" + hunk.section() + "' not checked");
    }

    /** How often {@code wanted} stands in {@code lines}, in one piece. */
    static int places(List<String> wanted, List<String> lines) {
        int found = 0;
        for (int i = 0; i + wanted.size() <= lines.size(); i++) {
            if (lines.subList(i, i + wanted.size()).equals(wanted)) {
                found++;
            }
        }
        return found;
    }

    private static List<Integer> named(String section, List<String> lines) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).stripTrailing();
            boolean prototype = line.endsWith(";") && !section.endsWith(";");
            if (line.startsWith(section) && !prototype) {
                found.add(i + 1);
            }
        }
        return found;
    }

    /** The last top-level line before {@code at}; 0 when there is none. */
    private static int lastTopLevel(List<String> lines, int at, boolean labels) {
        for (int i = at - 1; i >= 1; i--) {
            String line = lines.get(i - 1);
            if (isTopLevel(line) || labels && LABEL.matcher(line).matches()) {
                return i;
            }
        }
        return 0;
    }

    private static boolean isTopLevel(String line) {
        return TOP_LEVEL.matcher(line).matches() && !LABEL.matcher(line).matches();
    }

    private static boolean inBody(List<String> lines, int owner, int at) {
        boolean opened =
                lines.get(owner - 1).stripTrailing().endsWith("{") || firstStartingWith(lines, '{', owner, at) > 0;
        return opened && firstStartingWith(lines, '}', owner, at) == 0;
    }

    /** The first line strictly between {@code after} and {@code before} that starts with {@code c}; 0 for none. */
    private static int firstStartingWith(List<String> lines, char c, int after, int before) {
        for (int i = after + 1; i < before; i++) {
            String line = lines.get(i - 1);
            if (!line.isEmpty() && line.charAt(0) == c) {
                return i;
            }
        }
        return 0;
    }
}
