package org.patchproof.patch;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether git understands what a mail says of itself, in its head and again where its text begins. */
final class MailFields {
    private static final Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9-]{0,60}):[ \\t]*(.*)");
    private static final Pattern AUTHOR = Pattern.compile("[^<>]*[^<>\\s][^<>]*<[^<>@\\s]+@[^<>\\s]+>");
    private static final Pattern DATE = Pattern.compile("(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), +)?"
            + "(?:0?[1-9]|[12]\\d|3[01]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (?:19[789]\\d|20\\d\\d)"
            + " (?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)? [+-](?:0\\d|1[0-4])[0-5]\\d(?: \\(\\w{1,9}\\))?");
    private static final Pattern PLAIN_TEXT =
            Pattern.compile("text/plain(?:; *charset=\"?(utf-?8|iso-8859-1|us-ascii)\"?)?;? *");
    private static final Pattern STRANGE_WORD = Pattern.compile("(?i)=\\?(?!(?:utf-8|iso-8859-1)\\?[qb]\\?)");
    private static final Pattern BEGINS_LIKE_A_HEAD =
            Pattern.compile("(?i)(?:From|Date|Subject):(?:\\s.*)?|>From\\s.*|\\[PATCH\\]\\s.*");

    private MailFields() {}

    /** Whether {@code content}, a mail, has only fields that git reads, and reads as we do. */
    static boolean sound(String content) {
        int end = content.indexOf("\n\n");
        boolean ascii = content.chars().allMatch(c -> c < 128);
        for (String line : unfolded(content.substring(0, end))) {
            if (!sound(line, ascii)) {
                return false;
            }
        }
        return begins(content.substring(end));
    }

    private static List<String> unfolded(String head) {
        return head.replaceAll("\\n[ \\t]+", " ").lines().toList();
    }

    private static boolean sound(String line, boolean ascii) {
        Matcher field = FIELD.matcher(line);
        if (!field.matches()) {
            return true;
        }
        String value = field.group(2).strip();
        return switch (field.group(1).toLowerCase(Locale.ROOT)) {
            case "from" -> AUTHOR.matcher(value).matches() && known(value);
            case "subject" -> !value.isEmpty() && known(value);
            case "date" -> DATE.matcher(value).matches();
            case "content-type" -> plain(value.toLowerCase(Locale.ROOT), ascii);
            default -> true;
        };
    }

    private static boolean known(String value) {
        return !STRANGE_WORD.matcher(value).find();
    }

    private static boolean plain(String type, boolean ascii) {
        Matcher plain = PLAIN_TEXT.matcher(type);
        return plain.matches() && (ascii || !"us-ascii".equals(plain.group(1)));
    }

    /** git takes the author, the date and the subject from the beginning of the text, too. */
    private static boolean begins(String text) {
        boolean before = false;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            boolean header = BEGINS_LIKE_A_HEAD.matcher(line).matches();
            boolean continues = before && (line.startsWith(" ") || line.startsWith("\t"));
            if (continues || header && !(FIELD.matcher(line).matches() && sound(line, true))) {
                return false;
            }
            if (!header && !line.isBlank()) {
                return true;
            }
            before = header;
        }
        return true;
    }
}
