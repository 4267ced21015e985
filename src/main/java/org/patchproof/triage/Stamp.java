package org.patchproof.triage;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Dates and times of which a pattern has seen already that they are digits in the right places: a formatter
 * takes longer for one than all the rest of a line does.
 */
final class Stamp {
    private Stamp() {}

    /** {@code 2020-05-06}. */
    static LocalDate date(String text) {
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
    }

    /** {@code 09:43:49}, with up to nine decimals behind a full stop or a comma. */
    static LocalTime time(String text) {
        int nanos = 0;
        for (int i = 9; i < 18; i++) {
            nanos = nanos * 10 + (i < text.length() ? text.charAt(i) - '0' : 0);
        }
        return LocalTime.of(number(text, 0, 2), number(text, 3, 5), number(text, 6, 8), nanos);
    }

    /** With a zone: {@code Z}, {@code +02:00} or {@code +0200}. Empty for what is on no calendar. */
    static Optional<Moment> offset(String day, String time, String zone) {
        try {
            LocalDateTime at = LocalDateTime.of(date(day), time(time));
            return Optional.of(Moment.wall(at.toInstant(ZoneOffset.of(zone))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }
}
