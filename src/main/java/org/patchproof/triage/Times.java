package org.patchproof.triage;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as people read them. */
final class Times {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private Times() {}

    /** {@code 2020-05-06 09:43:49 UTC}, or {@code 2 h 10 min after boot}. */
    static String moment(Moment moment, ZoneId zone) {
        if (moment.clock() == Moment.Clock.BOOT) {
            return length(moment.uptime()) + " after boot";
        }
        String text = FORM.format(moment.at().truncatedTo(ChronoUnit.SECONDS).atZone(zone));
        return zone.getRules().getOffset(moment.at()).equals(ZoneOffset.UTC) ? text.replace("+00:00", "UTC") : text;
    }

    /** {@code 2 h 10 min}: the two largest units. */
    static String length(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h" + (seconds / 60 % 60 == 0 ? "" : " " + seconds / 60 % 60 + " min");
        }
        return seconds / 86_400 + " d" + (seconds / 3600 % 24 == 0 ? "" : " " + seconds / 3600 % 24 + " h");
    }
}
