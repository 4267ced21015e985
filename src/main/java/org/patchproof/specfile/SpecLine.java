package org.patchproof.specfile;

/**
 * One line of a spec.
 *
 * @param number counted from 1
 * @param text without its newline; ISO-8859-1, each character is one byte
 * @param kind what rpm takes it for
 * @param depth how many {@code %if} it stands in; for a {@code %if}, {@code %else} or {@code %endif}
 *     the depth outside of it
 * @param section the section that it stands in; for the line that begins one, that one
 */
record SpecLine(int number, String text, Kind kind, int depth, Section section) {

    /** What rpm takes a line for. */
    enum Kind {
        /** {@code %if} and its kin. */
        CONDITIONAL,
        /** {@code %define} or {@code %global}, and the lines that its body goes on for. */
        MACRO,
        /** Begins a section. */
        SECTION,
        /** A comment, by its first character that is not blank, or by {@code %dnl}. */
        COMMENT,
        /** All else. */
        TEXT
    }

    /** Whether it is read unconditionally as ordinary text of {@code section}. */
    boolean plainIn(Section wanted) {
        return section == wanted && kind == Kind.TEXT;
    }
}
