package org.patchproof.triage;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes off what log formats put before a message, one layer after the other: a Calico line may stand in
 * a line of kubelet, in one of the journal, in one of docker. A time with a zone counts before one
 * without; of those without, the innermost, which was written first.
 */
final class LineParser {
    private static final int LAYERS = 6;
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private static final String HOST = "(?<host>[A-Za-z0-9][\\w.:-]{0,252})";
    /** {@code kernel: } or {@code kubelet[123]: }. */
    private static final String IDENT = " [^\\s\\[\\]:]{1,64}(?:\\[\\d+\\])?: ?";

    private static final Pattern ESCAPES = Pattern.compile("\u001B\\[[0-?]*[ -/]*[@-~]|[\\x00-\\x08\\x0B-\\x1F\\x7F]");

    /** RFC 3339 of rsyslog, {@code journalctl -o short-iso}, and CRI's own ({@code ... stderr F}). */
    private static final Pattern ISO =
            Pattern.compile("^(?<day>\\d{4}-\\d\\d-\\d\\d)T(?<time>\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?)"
                    + "(?<zone>Z|[+-]\\d\\d:?\\d\\d) (?:(?:stdout|stderr) [FP] |" + HOST + IDENT + ")");

    private static final Pattern CALICO = Pattern.compile(
            "^(?<day>\\d{4}-\\d\\d-\\d\\d) (?<time>\\d\\d:\\d\\d:\\d\\d[.,]\\d{1,9}) \\[[A-Z]+\\]\\[[^\\]]{0,40}\\] ");
    private static final Pattern UNIX = Pattern.compile("^(?<unix>\\d{9,11}\\.\\d{6}) " + HOST + IDENT);
    private static final Pattern SYSLOG = Pattern.compile(
            "^(?<month>[A-Z][a-z]{2}) {1,2}(?<dom>\\d{1,2}) (?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?) " + HOST
                    + IDENT);
    /** {@code journalctl -o short-full}; its zone is a name that may mean several, but for UTC. */
    private static final Pattern FULL =
            Pattern.compile("^[A-Z][a-z]{2} (?<day>\\d{4}-\\d\\d-\\d\\d) (?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?) "
                    + "(?<name>[A-Z][A-Za-z0-9+-]{0,8}) " + HOST + IDENT);

    private static final Pattern KLOG = Pattern.compile(
            "^[IWEF](?<mm>\\d\\d)(?<dom>\\d\\d) (?<time>\\d\\d:\\d\\d:\\d\\d\\.\\d{6}) +\\d+ [^\\s\\]]{1,80}:\\d+\\] ");
    /** {@code dmesg -T}. */
    private static final Pattern DMESG =
            Pattern.compile("^\\[[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) {1,2}(?<dom>\\d{1,2}) "
                    + "(?<time>\\d\\d:\\d\\d:\\d\\d) (?<year>\\d{4})\\] ");

    private static final Pattern KERNEL =
            Pattern.compile("^(?:<\\d{1,3}>)?\\[ *(?<seconds>\\d{1,10})\\.(?<micros>\\d{6})\\](?:\\[ *[TC]\\d+\\])? ?"
                    + "(?:" + HOST + " (?:kernel|[^\\s\\[\\]:]{1,64}\\[\\d+\\]): )?");
    private static final Pattern LOGFMT = Pattern.compile(
            "^time=\"(?<stamp>[^\"]{1,40})\" (?:level=\\S+ )?msg=(?<msg>\"(?:[^\"\\\\]|\\\\.)*+\"|\\S+)");
    /** What syslogd writes to terminals. */
    private static final Pattern BROADCAST = Pattern.compile("^ ?kernel: ?");

    static final Pattern BROADCAST_HEAD = Pattern.compile("^Message from syslogd@(?<host>[\\w.:-]{1,253}) at "
            + "(?<month>[A-Z][a-z]{2}) {1,2}(?<dom>\\d{1,2}) (?<time>\\d\\d:\\d\\d:\\d\\d)");
    /** The head of a log of glog or klog. */
    static final Pattern MACHINE = Pattern.compile("^Running on machine: (?<host>[\\w.:-]{1,253})$");

    private static final Pattern ADDRESS = Pattern.compile("[\\d.]+");

    private final ZoneId zone;
    private final LocalDate latest;

    /**
     * @param zone what times without one mean
     * @param written when the log was last written to: a date without a year is not after it
     */
    LineParser(ZoneId zone, Instant written) {
        this.zone = zone;
        this.latest = written.atZone(zone).toLocalDate().plusDays(1);
    }

    /** What is known of a line while its layers are taken off. */
    private static final class Peeling {
        private String text;
        private Optional<Moment> zoned = Optional.empty();
        private Optional<Moment> local = Optional.empty();
        private Optional<Moment> boot = Optional.empty();
        private Optional<String> host = Optional.empty();

        Peeling(String text) {
            this.text = text;
        }

        void host(Matcher matcher) {
            if (host.isEmpty()) {
                host = Optional.ofNullable(matcher.group("host"));
            }
        }

        LogLine line() {
            return new LogLine(zoned.or(() -> local).or(() -> boot), host.map(LineParser::shortHost), text);
        }
    }

    LogLine parse(String line) {
        Peeling peeling = new Peeling(hasControls(line) ? plain(line) : line);
        for (int i = 0; i < LAYERS && peel(peeling); i++) {}
        return peeling.line();
    }

    private static boolean hasControls(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' || line.charAt(i) == 0x7F) {
                return true;
            }
        }
        return false;
    }

    private static String plain(String line) {
        return ESCAPES.matcher(line.replace('\t', ' ')).replaceAll("");
    }

    private boolean peel(Peeling of) {
        if (of.text.isEmpty()) {
            return false;
        }
        char first = of.text.charAt(0);
        return switch (first) {
            case '{' -> json(of);
            case '[', '<' -> dmesg(of) || kernel(of);
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> iso(of) || calico(of) || unix(of);
            case 't' -> logfmt(of);
            case ' ', 'k' -> spoken(of);
            case 'I', 'W', 'E', 'F' -> klog(of) || named(of);
            default -> first >= 'A' && first <= 'Z' && named(of);
        };
    }

    /** With the name of a month or of a day before it. */
    private boolean named(Peeling of) {
        return syslog(of) || full(of) || broadcast(of);
    }

    private boolean iso(Peeling of) {
        Matcher m = ISO.matcher(of.text);
        if (!m.find()) {
            return false;
        }
        if (of.zoned.isEmpty()) {
            of.zoned = Stamp.offset(m.group("day"), m.group("time"), m.group("zone"));
        }
        of.host(m);
        return cut(of, m);
    }

    private boolean calico(Peeling of) {
        Matcher m = CALICO.matcher(of.text);
        return m.find() && local(of, m.group("day"), m.group("time")) && cut(of, m);
    }

    private boolean unix(Peeling of) {
        Matcher m = UNIX.matcher(of.text);
        if (!m.find()) {
            return false;
        }
        String[] parts = m.group("unix").split("\\.");
        if (of.zoned.isEmpty()) {
            of.zoned = Optional.of(
                    Moment.wall(Instant.ofEpochSecond(Long.parseLong(parts[0]), 1000L * Integer.parseInt(parts[1]))));
        }
        of.host(m);
        return cut(of, m);
    }

    private boolean syslog(Peeling of) {
        Matcher m = SYSLOG.matcher(of.text);
        if (!m.find() || !yearless(of, MONTHS.indexOf(m.group("month")) + 1, m)) {
            return false;
        }
        of.host(m);
        return cut(of, m);
    }

    private boolean broadcast(Peeling of) {
        Matcher m = BROADCAST_HEAD.matcher(of.text);
        if (!m.find() || !yearless(of, MONTHS.indexOf(m.group("month")) + 1, m)) {
            return false;
        }
        of.host(m);
        return false;
    }

    private boolean full(Peeling of) {
        Matcher m = FULL.matcher(of.text);
        if (!m.find()) {
            return false;
        }
        of.host(m);
        if (m.group("name").equals("UTC") && of.zoned.isEmpty()) {
            of.zoned = Stamp.offset(m.group("day"), m.group("time"), "Z");
            return cut(of, m);
        }
        return local(of, m.group("day"), m.group("time")) && cut(of, m);
    }

    private static boolean spoken(Peeling of) {
        Matcher m = BROADCAST.matcher(of.text);
        return m.find() && cut(of, m);
    }

    private boolean klog(Peeling of) {
        Matcher m = KLOG.matcher(of.text);
        return m.find() && yearless(of, Integer.parseInt(m.group("mm")), m) && cut(of, m);
    }

    private boolean dmesg(Peeling of) {
        Matcher m = DMESG.matcher(of.text);
        if (!m.find()) {
            return false;
        }
        String day = String.format(
                java.util.Locale.ROOT,
                "%s-%02d-%02d",
                m.group("year"),
                MONTHS.indexOf(m.group("month")) + 1,
                Integer.parseInt(m.group("dom")));
        return local(of, day, m.group("time")) && cut(of, m);
    }

    private boolean kernel(Peeling of) {
        Matcher m = KERNEL.matcher(of.text);
        if (!m.find()) {
            return false;
        }
        of.boot = Optional.of(Moment.sinceBoot(Duration.ofSeconds(Long.parseLong(m.group("seconds")))
                .plusNanos(1000L * Integer.parseInt(m.group("micros")))));
        of.host(m);
        return cut(of, m);
    }

    private boolean logfmt(Peeling of) {
        Matcher m = LOGFMT.matcher(of.text);
        if (!m.find()) {
            return false;
        }
        if (of.zoned.isEmpty()) {
            of.zoned = offset(m.group("stamp"));
        }
        String message = m.group("msg");
        String unquoted = message.startsWith("\"")
                ? message.substring(1, message.length() - 1).replace("\\n", " ").replaceAll("\\\\(.)", "$1")
                : message;
        of.text = unquoted + of.text.substring(m.end());
        return true;
    }

    private boolean json(Peeling of) {
        return JsonLine.parse(of.text)
                .map(json -> {
                    json.moment().filter(m -> of.zoned.isEmpty()).ifPresent(m -> of.zoned = Optional.of(m));
                    of.host = of.host.or(json::host);
                    of.text = json.text();
                    return true;
                })
                .orElse(false);
    }

    private boolean yearless(Peeling of, int month, Matcher m) {
        int day = Integer.parseInt(m.group("dom"));
        for (int year = latest.getYear(); year > latest.getYear() - 9; year--) {
            try {
                LocalDate date = LocalDate.of(year, month, day);
                if (!date.isAfter(latest)) {
                    return local(of, date, m.group("time"));
                }
            } catch (DateTimeException e) {
                continue; // the 29th of February is not in each year; a 13th month in none
            }
        }
        return false;
    }

    private boolean local(Peeling of, String day, String time) {
        try {
            return local(of, Stamp.date(day), time);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private boolean local(Peeling of, LocalDate day, String time) {
        try {
            LocalDateTime at = LocalDateTime.of(day, Stamp.time(time));
            of.local = Optional.of(Moment.wall(at.atZone(zone).toInstant()));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static Optional<Moment> offset(String text) {
        try {
            return Optional.of(Moment.wall(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Takes off what was found. */
    private static boolean cut(Peeling of, Matcher matcher) {
        of.text = of.text.substring(matcher.end());
        return true;
    }

    /** {@code node7} of {@code node7.example.org}; an address stays whole. */
    static String shortHost(String host) {
        int dot = host.indexOf('.');
        return dot < 0 || ADDRESS.matcher(host).matches() ? host : host.substring(0, dot);
    }
}
