package org.patchproof.plan;

/** A place in a text, line and column from 1, columns in code points. */
record Place(int line, int column) {

    /** The place right after a text. */
    static Place after(String text) {
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        int start = text.lastIndexOf('\n') + 1;
        return new Place(line, 1 + text.codePointCount(start, text.length()));
    }

    /** The code point at a place, -1 when the text has no such place. */
    static int characterAt(String text, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = text.indexOf('\n', start) + 1;
            if (start == 0) {
                return -1;
            }
        }
        int end = text.indexOf('\n', start) < 0 ? text.length() : text.indexOf('\n', start);
        if (column < 1 || column > text.codePointCount(start, end)) {
            return -1;
        }
        return text.codePointAt(text.offsetByCodePoints(start, column - 1));
    }
}
