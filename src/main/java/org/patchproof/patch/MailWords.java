package org.patchproof.patch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commit's words such that {@code git am} makes the same of them again, as far as a mail can say them; see
 * mailinfo.c of git.
 */
final class MailWords {
    private static final Pattern ENDS_MESSAGE = Pattern.compile("(?m)^(?:diff -|Index: |--- \\S|---\\s*?$).*");
    private static final Pattern NEXT_MAIL = Pattern.compile("(?m)^From .*\\d:\\d\\d.*");
    private static final Pattern IN_BODY =
            Pattern.compile("(?is)(?:(?:From|Subject|Date):\\s|>From\\s|\\[PATCH\\]\\s).*");
    private static final Pattern TAKEN_OFF = Pattern.compile("(?i)re:|[ \\t:]|\\[[^\\]]*\\]");
    private static final String CUT_AT_ENDS = ".,:;\"\\'";
    private static final int NAME_LENGTH = 60;
    private static final int WORD_LENGTH = 40;

    private MailWords() {}

    /**
     * The message as it stands in the mail.
     *
     * @param header what says the same as the mail's header, for a body that begins like one
     * @throws ImportException when it holds a line at which {@code git am} would cut it off
     */
    static String body(CommitChange commit, String header) {
        for (Pattern end : List.of(ENDS_MESSAGE, NEXT_MAIL)) {
            Matcher line = end.matcher(commit.body());
            if (line.find()) {
                throw new ImportException(
                        commit.shown() + " has a line in its message at which git am ends it: '"
                                + line.group().strip() + "'",
                        "Indent it in the message (git commit --amend, git rebase -i).");
            }
        }
        return IN_BODY.matcher(commit.body()).matches() ? header + "\n" + commit.body() : commit.body();
    }

    /** What {@code git am} will make otherwise, whatever the mail says. */
    static List<String> notes(CommitChange commit) {
        List<String> notes = new ArrayList<>();
        String subject = cleaned(commit.subject());
        if (!subject.equals(commit.subject())) {
            notes.add(commit.shown() + ": git am makes '" + subject + "' of its subject; with -b it leaves brackets");
        }
        String name = name(commit.author());
        boolean parentheses = name.startsWith("(") && name.endsWith(")");
        if (name.isEmpty()
                || name.contains("@")
                || parentheses
                || CUT_AT_ENDS.indexOf(name.charAt(0)) >= 0
                || CUT_AT_ENDS.indexOf(name.charAt(name.length() - 1)) >= 0
                || name.getBytes(StandardCharsets.UTF_8).length > NAME_LENGTH
                || !name.equals(oneBlank(name))) {
            notes.add(commit.shown() + ": git am may make another author of '" + commit.author()
                    + "': it does not take every name");
        }
        return notes;
    }

    private static String cleaned(String subject) {
        Matcher prefix = TAKEN_OFF.matcher(subject);
        int at = 0;
        while (prefix.region(at, subject.length()).lookingAt()) {
            at = prefix.end();
        }
        return oneBlank(subject.substring(at));
    }

    private static String oneBlank(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** What stands after {@code Subject:} and its prefix. */
    static String subject(String subject) {
        return encoded(subject);
    }

    /** What stands after {@code From:}. */
    static String author(String author) {
        String name = name(author);
        boolean special = name.chars().anyMatch(c -> "\"\\(),:;[]".indexOf(c) >= 0);
        String quoted = special ? "\"" + name.replaceAll("[\"\\\\]", "\\\\$0") + "\"" : name;
        return encoded(quoted) + author.substring(name.length());
    }

    private static String name(String author) {
        return author.substring(0, author.lastIndexOf(" <"));
    }

    /** What looks as if it were encoded is encoded, so that it is decoded to itself. */
    private static String encoded(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(c -> {
            word.append(encoded(c));
            if (word.length() > WORD_LENGTH) {
                words.append(words.isEmpty() ? "" : " ").append("=?UTF-8?q?" + word + "?=");
                word.setLength(0);
            }
        });
        if (!word.isEmpty()) {
            words.append(words.isEmpty() ? "" : " ").append("=?UTF-8?q?" + word + "?=");
        }
        return words.toString();
    }

    private static String encoded(int letter) {
        if (letter < 128 && Character.isLetterOrDigit(letter)) {
            return Character.toString(letter);
        }
        StringBuilder bytes = new StringBuilder();
        for (byte b : Character.toString(letter).getBytes(StandardCharsets.UTF_8)) {
            bytes.append(String.format("=%02X", b & 0xff));
        }
        return bytes.toString();
    }
}
