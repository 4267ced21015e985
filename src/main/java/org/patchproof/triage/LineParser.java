package org.patchproof.triage;

import java.time.DateTimeException;
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

    /** It may be an address, but is no text with a colon behind it. */
    static final String HOST = "(?<host>[A-Za-z0-9](?:[\\w.:-]{0,251}[\\w.-])?)";
    /** {@code kernel: } or {@code kubelet[123]: }. */
    private static final String IDENT = " [^\\s\\[\\]:]{1,64}(?:\\[\\d+\\])?: ?";

    private static final String STAMP =
            "(?<day>\\d{4}-\\d\\d-\\d\\d)T(?<time>\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?)(?<zone>Z|[+-]\\d\\d:?\\d\\d) ";

    private static final Pattern ESCAPES = Pattern.compile("\u001B\\[[0-?]*[ -/]*[@-~]|[\\x00-\\x08\\x0B-\\x1F\\x7F]");

    /**
     * RFC 3339 of rsyslog, {@code journalctl -o short-iso}, CRI's own ({@code ... stderr F}), and, with a
     * comma and no host, of {@code dmesg --time-format=iso}: there {@code usb 1-1: } is no host.
     */
    private static final Pattern ISO = Pattern.compile(
            "^" + STAMP + "(?:(?:stdout|stderr) [FP] |(?:(?<=,\\d{6}[+-]\\d\\d:\\d\\d )|" + HOST + IDENT + "))?");
    /** RFC 5424. */
    private static final Pattern PROTOCOL = Pattern.compile(
            "^(?:<\\d{1,3}>)?1 " + STAMP + "(?:-|" + HOST
                    + ") \\S{1,48} \\S{1,128} \\S{1,32} (?:-|(?:\\[(?:[^\\]\"]|\"(?:[^\"\\\\]|\\\\.)*+\")*+\\])++)(?: \uFEFF?|$)");

    private static final Pattern PRIORITY = Pattern.compile("^<\\d{1,3}>");

    private static final Pattern CALICO = Pattern.compile(
            "^(?<day>\\d{4}-\\d\\d-\\d\\d) (?<time>\\d\\d:\\d\\d:\\d\\d[.,]\\d{1,9}) \\[[A-Z]+\\]\\[[^\\]]{0,40}\\] ");
    private static final Pattern UNIX = Pattern.compile("^(?<unix>\\d{9,11}\\.\\d{6}) " + HOST + IDENT);
    private static final Pattern SYSLOG = Pattern.compile(
            "^(?<month>[A-Z][a-z]{2}) {1,2}(?<dom>\\d{1,2}) (?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?) " + HOST
                    + "(?:" + IDENT + "| (?=last message repeated \\d))");
    /** {@code journalctl -o short-full}; its zone is a name that may mean several, but for UTC, or an offset. */
    private static final Pattern FULL =
            Pattern.compile("^[A-Z][a-z]{2} (?<day>\\d{4}-\\d\\d-\\d\\d) (?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?) "
                    + "(?:(?<zone>UTC|[+-]\\d\\d(?::?\\d\\d)?)|[A-Z][A-Za-z0-9+-]{0,8}) " + HOST + IDENT);

    private static final Pattern KLOG = Pattern.compile(
            "^[IWEF](?<mm>\\d\\d)(?<dom>\\d\\d) (?<time>\\d\\d:\\d\\d:\\d\\d\\.\\d{6}) +\\d+ [^\\s\\]]{1,80}:\\d+\\] ");
    private static final Pattern LOGFMT = Pattern.compile(
            "^time=\"(?<stamp>[^\"]{1,40})\" (?:level=\\S+ )?msg=(?<msg>\"(?:[^\"\\\\]|\\\\.)*+\"|\\S+)");
    /** What syslogd writes to terminals. */
    private static final Pattern BROADCAST = Pattern.compile("^ ?kernel: ?");

    static final Pattern BROADCAST_HEAD = Pattern.compile("^Message from syslogd@(?<host>[\\w.:-]{1,253}) at "
            + "(?<month>[A-Z][a-z]{2}) {1,2}(?<dom>\\d{1,2}) (?<time>\\d\\d:\\d\\d:\\d\\d)");
    /** The head of a log of glog or klog. */
    static final Pattern MACHINE = Pattern.compile("^Running on machine: (?<host>[\\w.:-]{1,253})$");

    private static final Pattern ADDRESS = Pattern.compile("[\\d.]+");

    private final LocalClock clock;
    private final LocalDate latest;
    private final KernelHeads kernel;

    /**
     * @param zone what times without one mean
     * @param written when the log was last written to: a date without a year is not after it
     */
    LineParser(ZoneId zone, Instant written) {
        this.clock = new LocalClock(zone);
        this.latest = written.atZone(zone).toLocalDate().plusDays(1);
        this.kernel = new KernelHeads(this::lately);
    }

    /** Whether the times of lines are told by those before them, so that none may be passed over. */
    boolean addsUp() {
        return kernel.addUp();
    }

    LogLine parse(String line) {
        Peeling peeling = new Peeling(hasControls(line) ? plain(line) : line);
        for (int i = 0; i < LAYERS && peel(peeling); i++) {}
        return peeling.line(
                peeling.local().isEmpty()
                        ? Optional.empty()
                        : Optional.of(clock.wall(peeling.local().get())));
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
        if (of.text().isEmpty()) {
            return false;
        }
        char first = of.text().charAt(0);
        return switch (first) {
            case '{' -> json(of);
            case '[' -> kernel.bracketed(of);
            case '<' -> KernelHeads.kernel(of) || stamped(of, PROTOCOL) || priority(of);
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                stamped(of, ISO) || calico(of) || unix(of) || KernelHeads.kmsg(of) || stamped(of, PROTOCOL);
            case 't' -> logfmt(of);
            case ' ' -> spoken(of);
            case 'k' -> spoken(of) || KernelHeads.levels(of);
            case 'I', 'W', 'E', 'F' -> klog(of) || named(of);
            default -> first >= 'A' && first <= 'Z' ? named(of) : KernelHeads.levels(of);
        };
    }

    /** With the name of a month or of a day before it. */
    private boolean named(Peeling of) {
        return syslog(of) || full(of) || broadcast(of);
    }

    /** With a day, a time, a zone and maybe a host. */
    private static boolean stamped(Peeling of, Pattern head) {
        Matcher m = head.matcher(of.text());
        if (!m.find()) {
            return false;
        }
        of.zoned(Stamp.offset(m.group("day"), m.group("time"), m.group("zone")));
        of.host(m);
        return of.cut(m);
    }

    /** Alone before anything. */
    private static boolean priority(Peeling of) {
        Matcher m = PRIORITY.matcher(of.text());
        return m.find() && of.cut(m);
    }

    private boolean calico(Peeling of) {
        Matcher m = CALICO.matcher(of.text());
        return m.find() && local(of, m.group("day"), m.group("time")) && of.cut(m);
    }

    private boolean unix(Peeling of) {
        Matcher m = UNIX.matcher(of.text());
        if (!m.find()) {
            return false;
        }
        String[] parts = m.group("unix").split("\\.");
        of.zoned(Optional.of(
                Moment.wall(Instant.ofEpochSecond(Long.parseLong(parts[0]), 1000L * Integer.parseInt(parts[1])))));
        of.host(m);
        return of.cut(m);
    }

    private boolean syslog(Peeling of) {
        Matcher m = SYSLOG.matcher(of.text());
        if (!m.find() || !yearless(of, month(m.group("month")), m)) {
            return false;
        }
        of.host(m);
        return of.cut(m);
    }

    private boolean broadcast(Peeling of) {
        Matcher m = BROADCAST_HEAD.matcher(of.text());
        if (!m.find() || !yearless(of, month(m.group("month")), m)) {
            return false;
        }
        of.host(m);
        return false;
    }

    private boolean full(Peeling of) {
        Matcher m = FULL.matcher(of.text());
        if (!m.find()) {
            return false;
        }
        of.host(m);
        if (m.group("zone") != null) {
            of.zoned(Stamp.offset(
                    m.group("day"), m.group("time"), m.group("zone").equals("UTC") ? "Z" : m.group("zone")));
            return of.cut(m);
        }
        return local(of, m.group("day"), m.group("time")) && of.cut(m);
    }

    private static boolean spoken(Peeling of) {
        Matcher m = BROADCAST.matcher(of.text());
        return m.find() && of.cut(m);
    }

    private boolean klog(Peeling of) {
        Matcher m = KLOG.matcher(of.text());
        return m.find() && yearless(of, Integer.parseInt(m.group("mm")), m) && of.cut(m);
    }

    private boolean logfmt(Peeling of) {
        Matcher m = LOGFMT.matcher(of.text());
        if (!m.find()) {
            return false;
        }
        of.zoned(offset(m.group("stamp")));
        String message = m.group("msg");
        String unquoted = message.startsWith("\"")
                ? message.substring(1, message.length() - 1).replace("\\n", " ").replaceAll("\\\\(.)", "$1")
                : message;
        of.text(unquoted + of.text().substring(m.end()));
        return true;
    }

    private boolean json(Peeling of) {
        Optional<JsonLine> json = JsonLine.parse(of.text());
        if (json.isEmpty()) {
            return false;
        }
        of.zoned(json.get().moment());
        of.host(json.get().host());
        of.text(json.get().text());
        return true;
    }

    private boolean yearless(Peeling of, int month, Matcher m) {
        Optional<LocalDate> day = lately(month, Integer.parseInt(m.group("dom")));
        return day.isPresent() && local(of, day.get(), m.group("time"));
    }

    /** The last such day that is not after the log was written. */
    private Optional<LocalDate> lately(int month, int day) {
        for (int year = latest.getYear(); year > latest.getYear() - 9; year--) {
            try {
                LocalDate date = LocalDate.of(year, month, day);
                if (!date.isAfter(latest)) {
                    return Optional.of(date);
                }
            } catch (DateTimeException e) {
                continue; // the 29th of February is not in each year; a 13th month in none
            }
        }
        return Optional.empty();
    }

    private static boolean local(Peeling of, String day, String time) {
        try {
            return local(of, Stamp.date(day), time);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean local(Peeling of, LocalDate day, String time) {
        try {
            of.local(LocalDateTime.of(day, Stamp.time(time)));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** 1 for {@code Jan}, 0 for what is no month. */
    static int month(String name) {
        return MONTHS.indexOf(name) + 1;
    }

    /** Whether a text that no time was found in begins as one with a time may. */
    static boolean hasUnreadHead(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        return first == '[' || first == '<' || (first >= '0' && first <= '9');
    }

    static Optional<Moment> offset(String text) {
        try {
            return Optional.of(Moment.wall(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code node7} of {@code node7.example.org}; an address stays whole. */
    static String shortHost(String host) {
        int dot = host.indexOf('.');
        return dot < 0 || ADDRESS.matcher(host).matches() ? host : host.substring(0, dot);
    }
}
