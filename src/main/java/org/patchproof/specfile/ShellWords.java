package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;

/** A line of shell as its commands, each as its words: without quotes, and with redirections as words of their own. */
final class ShellWords {
    private final List<List<String>> commands = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean quoted;

    private ShellWords() {}

    /** In order; a command of the one word {@code (} or {@code )} stands for a subshell's begin or end. */
    static List<List<String>> commands(String text) {
        ShellWords reader = new ShellWords();
        reader.read(text);
        return reader.commands;
    }

    private void read(String text) {
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : '\n';
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == '\'') {
                word.append(c);
            } else if (c == '\\') {
                word.append(next == '\n' ? "" : next);
                quoted = true;
                i++;
            } else if ((c == '$' || c == '%') && (next == '{' || next == '(')) {
                int end = closing(text, i + 1);
                word.append(text, i, end);
                i = end - 1;
            } else if (quote != 0) {
                word.append(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                quoted = true;
            } else if (c == '#' && word.length() == 0) {
                break;
            } else {
                plain(c, next);
            }
        }
        endCommand();
    }

    private void plain(char c, char next) {
        if (Character.isWhitespace(c)) {
            endWord();
        } else if (c == '>') {
            boolean number = word.toString().matches("\\d+");
            if (number) {
                word.setLength(0);
            }
            endWord();
            boolean second = !words.isEmpty() && words.get(words.size() - 1).equals(">");
            words.add(second ? ">>" : ">");
        } else if (c == '&' && (next == '>' || !words.isEmpty() && word.length() == 0 && lastIsRedirection())) {
            word.append(next == '>' ? "" : "&");
        } else if (";&|()".indexOf(c) >= 0) {
            endCommand();
            if (c == '(' || c == ')') {
                commands.add(List.of(String.valueOf(c)));
            }
        } else {
            word.append(c);
        }
    }

    private boolean lastIsRedirection() {
        return words.get(words.size() - 1).startsWith(">");
    }

    private static int closing(String text, int open) {
        char opens = text.charAt(open);
        char closes = opens == '{' ? '}' : ')';
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == opens ? 1 : text.charAt(i) == closes ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private void endWord() {
        if (word.length() > 0 || quoted) {
            words.add(word.toString());
        }
        word.setLength(0);
        quoted = false;
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            commands.add(words);
        }
        words = new ArrayList<>();
    }
}
