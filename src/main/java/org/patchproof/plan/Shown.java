package org.patchproof.plan;

import java.util.Collection;
import java.util.stream.Collectors;

/** What users wrote, as messages show it: on one line, short, and harmless to a terminal. */
final class Shown {
    private static final int LONGEST = 160;
    private static final int MOST = 20;

    private Shown() {}

    static String quote(String text) {
        boolean cut = text.codePointCount(0, text.length()) > LONGEST;
        String shown = cut ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "..." : text;
        return "\"" + harmless(shown) + "\"";
    }

    /** The text on one line, with a question mark for each character that could play tricks. */
    static String harmless(String text) {
        return text.codePoints()
                .map(c -> harmful(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
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
