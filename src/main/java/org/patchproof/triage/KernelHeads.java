package org.patchproof.triage;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code dmesg} with its options, and the kernel itself, put before a message. */
final class KernelHeads {
    /** {@code dmesg -d}. */
    private static final String DELTA = "(?: <[ \\d.]{1,20}>)?";

    /** {@code dmesg -T}. */
    private static final Pattern DMESG =
            Pattern.compile("^\\[[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) {1,2}(?<dom>\\d{1,2}) "
                    + "(?<time>\\d\\d:\\d\\d:\\d\\d) (?<year>\\d{4})" + DELTA + "\\] ");

    private static final Pattern KERNEL = Pattern.compile(
            "^(?:<\\d{1,3}>)?\\[ *(?<seconds>\\d{1,10})\\.(?<micros>\\d{6})" + DELTA + "\\](?:\\[ *[TC]\\d+\\])? ?"
                    + "(?:" + LineParser.HOST + " (?:kernel|[^\\s\\[\\]:]{1,64}\\[\\d+\\]): )?");

    /** {@code dmesg -H}: the minute where it is another than that of the line before ... */
    private static final Pattern MINUTE =
            Pattern.compile("^\\[(?<month>[A-Z][a-z]{2}) ?(?<dom>\\d{1,2}) (?<hm>\\d\\d:\\d\\d)\\] ");

    /** ... else the time since that line. */
    private static final Pattern LATER = Pattern.compile("^\\[ *\\+(?<seconds>\\d{1,6})\\.(?<micros>\\d{6})\\] ");

    /** {@code dmesg -x}. */
    private static final Pattern LEVELS =
            Pattern.compile("^(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local[0-7]) *:"
                    + "(?:emerg|alert|crit|err|warn|notice|info|debug) *: ?");

    /** {@code /dev/kmsg}: level, number, microseconds since boot, flags. */
    private static final Pattern KMSG = Pattern.compile("^\\d{1,4},\\d{1,19},(?<micros>\\d{1,16}),[^;\\s]{1,100};");

    private final BiFunction<Integer, Integer, Optional<LocalDate>> lately;
    private Optional<LocalDateTime> human = Optional.empty();

    /** @param lately the last day of that month and of that number */
    KernelHeads(BiFunction<Integer, Integer, Optional<LocalDate>> lately) {
        this.lately = lately;
    }

    /** Whether the times of lines are told by those before them, so that none may be passed over. */
    boolean addUp() {
        return human.isPresent();
    }

    boolean bracketed(Peeling of) {
        return dmesg(of) || kernel(of) || minute(of) || later(of);
    }

    private static boolean dmesg(Peeling of) {
        Matcher m = DMESG.matcher(of.text());
        if (!m.find()) {
            return false;
        }
        try {
            LocalDate day = LocalDate.of(
                    Integer.parseInt(m.group("year")),
                    LineParser.month(m.group("month")),
                    Integer.parseInt(m.group("dom")));
            of.local(day.atTime(Stamp.time(m.group("time"))));
            return of.cut(m);
        } catch (DateTimeException e) {
            return false;
        }
    }

    static boolean kernel(Peeling of) {
        Matcher m = KERNEL.matcher(of.text());
        if (!m.find()) {
            return false;
        }
        of.boot(Moment.sinceBoot(time(m)));
        of.host(m);
        return of.cut(m);
    }

    private static Duration time(Matcher m) {
        return Duration.ofSeconds(Long.parseLong(m.group("seconds")))
                .plusNanos(1000L * Integer.parseInt(m.group("micros")));
    }

    private boolean minute(Peeling of) {
        Matcher m = MINUTE.matcher(of.text());
        if (!m.find()) {
            return false;
        }
        Optional<LocalDate> day = lately.apply(LineParser.month(m.group("month")), Integer.parseInt(m.group("dom")));
        try {
            human = day.map(d -> d.atTime(Stamp.time(m.group("hm") + ":00")));
        } catch (DateTimeException e) {
            return false;
        }
        human.ifPresent(of::local);
        return human.isPresent() && of.cut(m);
    }

    private boolean later(Peeling of) {
        Matcher m = LATER.matcher(of.text());
        if (!m.find()) {
            return false;
        }
        human = human.map(before -> before.plus(time(m)));
        human.ifPresent(of::local);
        return human.isPresent() && of.cut(m);
    }

    static boolean levels(Peeling of) {
        Matcher m = LEVELS.matcher(of.text());
        return m.find() && of.cut(m);
    }

    static boolean kmsg(Peeling of) {
        Matcher m = KMSG.matcher(of.text());
        if (!m.find()) {
            return false;
        }
        of.boot(Moment.sinceBoot(Duration.of(Long.parseLong(m.group("micros")), java.time.temporal.ChronoUnit.MICROS)));
        return of.cut(m);
    }
}
