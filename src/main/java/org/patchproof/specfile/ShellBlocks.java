package org.patchproof.specfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a line of {@code %prep} is reached whatever happens: not inside a shell {@code if}, loop,
 * {@code case}, function, here-document or quotes, and not behind an {@code exit} that says all is
 * well, or an {@code exec} that puts another program in the script's place. A reader of words, no shell: where it errs, it errs by refusing.
 */
final class ShellBlocks {
    private static final Pattern HEREDOC = Pattern.compile("<<(-?)\\s*['\"\\\\]?(\\w+)['\"]?");
    /** What an {@code exec} has that only redirects, and goes on. */
    private static final Pattern REDIRECTION = Pattern.compile("(?:\\d+|\\{\\w+\\})?[<>].*");

    private static final Set<String> OPENING = Set.of("if", "for", "while", "until", "select", "case", "{");
    private static final Set<String> CLOSING = Set.of("fi", "done", "esac", "}");
    private static final Set<String> GOING_ON = Set.of("then", "do", "else", "elif", "!", "time");

    private record Block(char kind, int line) {}

    private final Deque<Block> blocks = new ArrayDeque<>();
    private String heredoc = "";
    private boolean heredocTabs;
    private int heredocLine;
    private char quote;
    private int quoteLine;
    private boolean continued;
    private boolean chained;
    private int chainLine;
    private boolean atCommand = true;
    private boolean exiting;
    private boolean replaced;
    private Optional<Integer> exit = Optional.empty();

    private ShellBlocks() {}

    /** What keeps line {@code before} from being reached for sure, in words; empty when nothing does. */
    static Optional<String> hindrance(SpecFile spec, int before) {
        ShellBlocks blocks = new ShellBlocks();
        spec.in(Section.PREP).filter(l -> l.number() < before).forEach(blocks::read);
        return blocks.hindrance().or(() -> macroThatEnds(spec, before));
    }

    /** A macro of the spec's own that has an {@code exit} or {@code exec} in it. */
    private static Optional<String> macroThatEnds(SpecFile spec, int before) {
        SpecMacros macros = spec.macros();
        return spec.in(Section.PREP)
                .filter(l -> l.number() < before && l.kind() == SpecLine.Kind.TEXT)
                .filter(l -> macros.linesOf(l.text()).stream().anyMatch(ShellBlocks::ends))
                .findFirst()
                .map(l -> "behind the macro in line " + l.number() + " that ends the script");
    }

    private static boolean ends(String text) {
        ShellBlocks blocks = new ShellBlocks();
        blocks.read(new SpecLine(1, text, SpecLine.Kind.TEXT, 0, Section.PREP));
        return blocks.exit.isPresent();
    }

    /** The lines of {@code %prep} that are the text of a here-document, no commands. */
    static Set<Integer> hereDocuments(SpecFile spec) {
        ShellBlocks blocks = new ShellBlocks();
        Set<Integer> lines = new HashSet<>();
        spec.in(Section.PREP).forEach(line -> {
            if (!blocks.heredoc.isEmpty()) {
                lines.add(line.number());
            }
            blocks.read(line);
        });
        return lines;
    }

    private Optional<String> hindrance() {
        if (!heredoc.isEmpty()) {
            return Optional.of("inside the here-document that begins in line " + heredocLine);
        }
        if (quote != 0) {
            return Optional.of("inside the quotes that open in line " + quoteLine);
        }
        if (continued) {
            return Optional.of("behind a line that a backslash continues");
        }
        if (chained) {
            return Optional.of("behind the && or || that ends line " + chainLine);
        }
        if (!blocks.isEmpty()) {
            return Optional.of("inside the shell block that begins in line "
                    + blocks.peek().line());
        }
        return exit.map(line -> "behind the exit of line " + line);
    }

    private void read(SpecLine line) {
        if (!heredoc.isEmpty()) {
            String text = heredocTabs ? line.text().replaceFirst("^\t+", "") : line.text();
            if (text.equals(heredoc)) {
                heredoc = "";
            }
            return;
        }
        boolean quoted = line.kind() == SpecLine.Kind.COMMENT
                && quote != 0
                && line.text().stripLeading().startsWith("#");
        boolean code = line.kind() == SpecLine.Kind.TEXT || quoted;
        if (!code) {
            return;
        }
        if (!continued && quote == 0) {
            atCommand = true;
        }
        continued = false;
        scan(line);
    }

    private void scan(SpecLine line) {
        String text = line.text();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
            if (quote != 0) {
                i += c == '\\' && quote == '"' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '\\') {
                continued = next == '\n';
                i++;
                word.append('\\');
            } else if (c == '\'' || c == '"') {
                quote = c;
                quoteLine = line.number();
                word.append(c);
            } else if ((c == '$' || c == '%') && next == '{') {
                i = skip(text, i + 1, '{', '}');
                word.append(c);
            } else if (c == '%' && next == '(') {
                i = skip(text, i + 1, '(', ')');
                word.append(c);
            } else if (c == '#' && word.length() == 0) {
                break;
            } else if (c == '<' && next == '<') {
                i = redirect(text, i, line.number());
            } else if (Character.isWhitespace(c)) {
                end(word, line);
            } else if (";&|()".indexOf(c) >= 0) {
                end(word, line);
                separator(c, line.number());
                chained = chains(text, i);
                chainLine = line.number();
            } else {
                word.append(c);
            }
        }
        end(word, line);
        if (exiting && !continued) {
            exits(line.number());
        }
    }

    /** A bare {@code exit} or {@code exit 0}; one with another code ends the build, which is loud enough. */
    private void exits(int line) {
        exiting = false;
        if (exit.isEmpty()) {
            exit = Optional.of(line);
        }
    }

    private int redirect(String text, int at, int number) {
        Matcher m = HEREDOC.matcher(text).region(at, text.length());
        if (text.startsWith("<<<", at)) {
            return at + 2;
        }
        if (m.lookingAt()) {
            heredoc = m.group(2);
            heredocTabs = !m.group(1).isEmpty();
            heredocLine = number;
            return m.end() - 1;
        }
        return at + 1;
    }

    private static int skip(String text, int at, char open, char close) {
        int depth = 0;
        for (int i = at; i < text.length(); i++) {
            depth += text.charAt(i) == open ? 1 : text.charAt(i) == close ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    /** Whether what follows the operator runs only as what stands before it lets it, or in a pipe with it. */
    private static boolean chains(String text, int at) {
        return text.charAt(at) == '|' || text.charAt(at) == '&' && at > 0 && "&|".indexOf(text.charAt(at - 1)) >= 0;
    }

    private void separator(char c, int line) {
        if (exiting) {
            exits(line);
        }
        if (c == '(') {
            blocks.push(new Block('(', line));
        } else if (c == ')' && !blocks.isEmpty() && blocks.peek().kind() == '(') {
            blocks.pop();
        }
        atCommand = true;
        replaced = false;
    }

    private void end(StringBuilder word, SpecLine line) {
        if (word.length() == 0) {
            return;
        }
        String text = word.toString();
        word.setLength(0);
        chained = false;
        if (!atCommand) {
            if (exiting && text.equals("0")) {
                exits(line.number());
            }
            if (replaced && !REDIRECTION.matcher(text).matches()) {
                exits(line.number());
            }
            exiting = false;
            replaced = false;
            return;
        }
        if (OPENING.contains(text)) {
            blocks.push(new Block(text.charAt(0), line.number()));
            atCommand = !text.equals("for") && !text.equals("case") && !text.equals("select");
        } else if (CLOSING.contains(text)) {
            if (!blocks.isEmpty()) {
                blocks.pop();
            }
            atCommand = false;
        } else if (!GOING_ON.contains(text)) {
            exiting = text.equals("exit");
            replaced = text.equals("exec");
            atCommand = false;
        }
    }
}
