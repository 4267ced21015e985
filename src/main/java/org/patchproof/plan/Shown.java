package org.patchproof.plan;

import java.util.Collection;
import java.util.stream.Collectors;

/** What users wrote, as messages show it: on one line, short, and harmless to a terminal. */
final class Shown {
    private static final int LONGEST = 160;
    private static final int MOST = 20;

    private Shown() {}

    static String quote(String text) {
        String line = text.codePoints()
                .limit(LONGEST)
                .map(c -> harmful(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "\"" + line + (text.codePointCount(0, text.length()) > LONGEST ? "..." : "") + "\"";
    }

    /** {@code a, b, c}, cut after twenty. */
    static String list(Collection<String> texts) {
        String shown = texts.stream().limit(MOST).map(Shown::plain).collect(Collectors.joining(", "));
        return texts.size() > MOST ? shown + " and " + (texts.size() - MOST) + " more" : shown;
    }

    static String plain(String text) {
        String quoted = quote(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Whether a character does not belong in a line of text: control, direction override, half a pair. */
    static boolean harmful(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isISOControl(codePoint)
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
