package org.patchproof.triage;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go prints them: {@code 2h33m12.7s}, {@code 350ms}. */
final class GoDuration {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<h>\\d{1,7})h)?(?:(?<m>\\d{1,7})m(?!s))?(?:(?<s>\\d{1,9})(?:\\.\\d{1,9})?s)?(?:\\d{1,9}(?:\\.\\d{1,9})?(?:ms|us|ns))?");

    private GoDuration() {}

    /** In whole seconds. */
    static Optional<Duration> parse(String text) {
        Matcher m = FORM.matcher(text);
        return m.matches() && !text.isEmpty()
                ? Optional.of(Duration.ofSeconds(number(m, "h") * 3600 + number(m, "m") * 60 + number(m, "s")))
                : Optional.empty();
    }

    private static long number(Matcher matcher, String group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
