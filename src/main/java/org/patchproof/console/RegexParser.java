package org.patchproof.console;

import java.util.Set;
import java.util.TreeSet;
import org.patchproof.console.RegexShape.Unsupported;

/**
 * Reads as much of java.util.regex's syntax as tells which texts a match must contain. What is not
 * understood is refused; what is only not worth following counts as "anything".
 */
final class RegexParser {
    /** Characters that logs write as themselves; quotes, backslashes and angles are escaped in JSON. */
    private static final String PLAIN = " !#$%()*+,-.:;=?@[]^_{|}~";

    private static final int SMALL_CLASS = 4;

    private final String regex;
    private int at;

    RegexParser(String regex) {
        this.regex = regex;
    }

    RegexShape parse() throws Unsupported {
        RegexShape shape = alternatives();
        if (at < regex.length()) {
            throw new Unsupported("')' too many");
        }
        return shape;
    }

    private RegexShape alternatives() throws Unsupported {
        RegexShape shape = sequence();
        while (more() && regex.charAt(at) == '|') {
            at++;
            shape = shape.or(sequence());
        }
        return shape;
    }

    /** Runs of what is exact grow as one; what lies between them cuts them apart. */
    private RegexShape sequence() throws Unsupported {
        RegexShape before = RegexShape.NOTHING;
        RegexShape run = RegexShape.NOTHING;
        while (more() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            RegexShape next = quantified(atom());
            RegexShape longer = run.then(next);
            if (longer.exact().isPresent()) {
                run = longer;
            } else {
                before = before.then(run);
                run = next;
            }
        }
        return before.then(run);
    }

    private RegexShape quantified(RegexShape atom) throws Unsupported {
        RegexShape shape = atom;
        if (more() && "?*+{".indexOf(regex.charAt(at)) >= 0) {
            char quantifier = next();
            shape = switch (quantifier) {
                case '?' -> atom.maybe();
                case '*' -> RegexShape.ANYTHING;
                case '+' -> atom.repeated();
                default -> counted(atom);
            };
            if (more() && "?+".indexOf(regex.charAt(at)) >= 0) {
                at++;
            }
        }
        return shape;
    }

    private RegexShape counted(RegexShape atom) throws Unsupported {
        int end = regex.indexOf('}', at);
        if (end < 0) {
            throw new Unsupported("'{' without end");
        }
        String least = regex.substring(at, end).split(",", 2)[0];
        at = end + 1;
        return least.matches("0*") ? RegexShape.ANYTHING : atom.repeated();
    }

    private RegexShape atom() throws Unsupported {
        char c = next();
        return switch (c) {
            case '(' -> group();
            case '[' -> characterClass();
            case '\\' -> escape();
            case '^', '$' -> RegexShape.NOTHING;
            case '.' -> RegexShape.ANYTHING;
            case '?', '*', '+', '{' -> throw new Unsupported("a quantifier of nothing");
            default -> character(c);
        };
    }

    private RegexShape group() throws Unsupported {
        boolean look = false;
        if (at < regex.length() && regex.charAt(at) == '?') {
            at++;
            look = look();
        }
        RegexShape inside = alternatives();
        if (!more()) {
            throw new Unsupported("'(' without end");
        }
        at++;
        return look ? RegexShape.NOTHING : inside;
    }

    /** After {@code (?}: whether the group looks without taking. */
    private boolean look() throws Unsupported {
        for (String ahead : new String[] {"=", "!", "<=", "<!"}) {
            if (regex.startsWith(ahead, at)) {
                at += ahead.length();
                return true;
            }
        }
        char kind = next();
        if (kind == '<') {
            at = regex.indexOf('>', at) + 1;
        } else if (kind != ':' && kind != '>') {
            throw new Unsupported("flags inside of a pattern");
        }
        if (at == 0) {
            throw new Unsupported("a group's name without end");
        }
        return false;
    }

    private RegexShape escape() throws Unsupported {
        char c = next();
        if ("bBAZzG".indexOf(c) >= 0) {
            return RegexShape.NOTHING;
        }
        if ("dDwWsShHvVRX".indexOf(c) >= 0 || (c >= '1' && c <= '9')) {
            return RegexShape.ANYTHING;
        }
        if (Character.isLetterOrDigit(c)) {
            throw new Unsupported("\\" + c);
        }
        return character(c);
    }

    private static RegexShape character(char c) {
        return plain(c) ? RegexShape.exactly(Set.of(String.valueOf(c))) : RegexShape.ANYTHING;
    }

    private static boolean plain(char c) {
        return c < 0x7F && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
    }

    /** A few plain characters are so many texts; all else is anything. */
    private RegexShape characterClass() throws Unsupported {
        Set<String> texts = new TreeSet<>();
        boolean simple = true;
        boolean first = true;
        while (true) {
            char c = next();
            if (c == ']' && !first) {
                return simple && texts.size() <= SMALL_CLASS ? RegexShape.exactly(texts) : RegexShape.ANYTHING;
            }
            if (c == '[' || c == '&' || (c == ']' && first)) {
                throw new Unsupported("a class in a class");
            }
            if (c == '\\') {
                c = next();
                simple &= !Character.isLetterOrDigit(c);
                if ("QExupPNc0".indexOf(c) >= 0) {
                    throw new Unsupported("\\" + c);
                }
            } else {
                simple &= c != '^' && c != '-';
            }
            simple &= plain(c);
            texts.add(String.valueOf(c));
            first = false;
        }
    }

    private boolean more() {
        return at < regex.length();
    }

    private char next() throws Unsupported {
        if (!more()) {
            throw new Unsupported("the pattern ends too early");
        }
        return regex.charAt(at++);
    }
}
