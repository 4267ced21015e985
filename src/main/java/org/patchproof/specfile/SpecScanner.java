package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what each line of a spec is, with the rules of rpm's own reader (build/parseSpec.c):
 * conditionals count wherever they stand, but not inside the body of a macro definition, which goes on
 * while a backslash ends the line or a {@code %{}, {@code %(} or {@code %[} is open.
 */
final class SpecScanner {
    private static final List<String> OPENING = List.of("%ifnarch", "%ifarch", "%ifnos", "%ifos", "%if");
    private static final List<String> TURNING = List.of("%elifarch", "%elifos", "%elif", "%else");

    private final List<SpecLine> lines = new ArrayList<>();
    private final List<Integer> strays = new ArrayList<>();
    private Section section = Section.PREAMBLE;
    private int depth;
    private final MacroBody body = new MacroBody();

    SpecScanner(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            lines.add(scan(i + 1, texts.get(i)));
        }
    }

    List<SpecLine> lines() {
        return lines;
    }

    /** Lines with an {@code %endif} that closes nothing. */
    List<Integer> strayEndifs() {
        return strays;
    }

    /** How many {@code %if} are never closed. */
    int open() {
        return depth;
    }

    private SpecLine scan(int number, String text) {
        String bare = text.stripLeading();
        if (body.open()) {
            body.take(text);
            return line(number, text, SpecLine.Kind.MACRO, depth);
        }
        if (isWord(bare, "%define") || isWord(bare, "%global")) {
            body.take(text);
            return line(number, text, SpecLine.Kind.MACRO, depth);
        }
        if (OPENING.stream().anyMatch(w -> isWord(bare, w))) {
            return line(number, text, SpecLine.Kind.CONDITIONAL, depth++);
        }
        if (TURNING.stream().anyMatch(w -> isWord(bare, w))) {
            return line(number, text, SpecLine.Kind.CONDITIONAL, Math.max(0, depth - 1));
        }
        if (isWord(bare, "%endif")) {
            return endif(number, text);
        }
        Optional<Section> begun = Section.begunBy(text);
        if (begun.isPresent()) {
            section = begun.get();
            return line(number, text, SpecLine.Kind.SECTION, depth);
        }
        return line(number, text, isComment(bare) ? SpecLine.Kind.COMMENT : SpecLine.Kind.TEXT, depth);
    }

    private SpecLine endif(int number, String text) {
        if (depth == 0) {
            strays.add(number);
        } else {
            depth--;
        }
        return line(number, text, SpecLine.Kind.CONDITIONAL, depth);
    }

    private SpecLine line(int number, String text, SpecLine.Kind kind, int atDepth) {
        return new SpecLine(number, text, kind, atDepth, section);
    }

    /** rpm drops what stands behind {@code %dnl}, which, other than {@code #}, keeps macros from being expanded. */
    private static boolean isComment(String bare) {
        return bare.startsWith("#") || isWord(bare, "%dnl");
    }

    private static boolean isWord(String line, String word) {
        return line.startsWith(word)
                && (line.length() == word.length() || !Character.isLetterOrDigit(line.charAt(word.length())));
    }

    /** How far the body of a macro definition goes; after rpm's copyNextLineFromOFI. */
    private static final class MacroBody {
        private int braces;
        private int parentheses;
        private int brackets;
        private boolean continued;

        boolean open() {
            return braces > 0 || parentheses > 0 || brackets > 0 || continued;
        }

        void take(String line) {
            continued = false;
            for (int i = 0; i < line.length(); i++) {
                char next = i + 1 < line.length() ? line.charAt(i + 1) : '\n';
                switch (line.charAt(i)) {
                    case '\\' -> {
                        continued = next == '\n';
                        i++;
                    }
                    case '%' -> i += percent(next);
                    case '{' -> braces += braces > 0 ? 1 : 0;
                    case '}' -> braces -= braces > 0 ? 1 : 0;
                    case '(' -> parentheses += parentheses > 0 ? 1 : 0;
                    case ')' -> parentheses -= parentheses > 0 ? 1 : 0;
                    case '[' -> brackets += brackets > 0 ? 1 : 0;
                    case ']' -> brackets -= brackets > 0 ? 1 : 0;
                    default -> {}
                }
            }
        }

        private int percent(char next) {
            switch (next) {
                case '{' -> braces++;
                case '(' -> parentheses++;
                case '[' -> brackets++;
                case '%' -> {}
                default -> {
                    return 0;
                }
            }
            return 1;
        }
    }
}
