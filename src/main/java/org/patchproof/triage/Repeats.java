package org.patchproof.triage;

import java.util.regex.Pattern;

/**
 * Loggers that write a message once and then how often it came again: rsyslog {@code message repeated 3 times:
 * [ ... ]}, syslogd {@code last message repeated 3 times} behind it.
 */
final class Repeats {
    private static final String WITH_MESSAGE = "message repeated ";
    private static final String ALONE = "last message repeated ";

    /** Of the lines that are only understood together with the one before. */
    static final Pattern BEHIND = Pattern.compile("last message repeated ");

    private static final int MOST_DIGITS = 6;

    private Repeats() {}

    /** How often a message stands for itself. */
    static long of(String message) {
        return message.startsWith(WITH_MESSAGE) ? Math.max(1, number(message, WITH_MESSAGE.length())) : 1;
    }

    /** How often the line before came again, by this message; 0 when it is another. */
    static long behind(String message) {
        return message.startsWith(ALONE) ? number(message, ALONE.length()) : 0;
    }

    private static long number(String text, int from) {
        long number = 0;
        for (int i = from;
                i < text.length() && i < from + MOST_DIGITS && Character.digit(text.charAt(i), 10) >= 0;
                i++) {
            number = number * 10 + Character.digit(text.charAt(i), 10);
        }
        return number;
    }
}
