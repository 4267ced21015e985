package org.patchproof.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.console.FaultRow.Place;

/**
 * Lines -> faults. A report is many lines: the first names what happened, a later one where. Where the
 * console names the caller of each line (CONFIG_PRINTK_CALLER), the reports of several callers may be
 * mixed line by line. Where it does not, and two reports begin at once, nothing tells whose a function
 * is: then neither is given one.
 */
final class FaultScanner {
    /** A report with registers, code bytes and call trace is shorter than this. */
    private static final int REPORT_LINES = 80;

    /** Lines of all callers after which nothing more of a report is waited for. */
    private static final int PATIENCE = 400;

    private static final int MOST_OPEN = 16;

    /** A second report that begins so soon is of another processor, not the next complaint of the same one. */
    private static final int AT_ONCE = 3;

    private static final Pattern REPORT_END = Pattern.compile("^---\\[ end (?:trace|Kernel panic)\\b");

    private final FaultTable table;
    private final List<Fault> found = new ArrayList<>();
    private final List<Report> open = new ArrayList<>();

    FaultScanner(FaultTable table) {
        this.table = table;
    }

    /** A report that may go on. */
    private static final class Report {
        private final FaultRow row;
        private final Place place;
        private final ConsoleLine first;
        private final Matcher matched;
        private int lines;
        private int age;
        private boolean named;
        private boolean mixed;

        Report(FaultRow row, Place place, ConsoleLine first, Matcher matched) {
            this.row = row;
            this.place = place;
            this.first = first;
            this.matched = matched;
        }

        boolean absorbs(ConsoleLine line) {
            return row.absorbs().filter(p -> p.matcher(line.text()).find()).isPresent();
        }

        /** Two lines that both name their caller and differ in it are of two reports. */
        boolean ofOther(ConsoleLine line) {
            return first.caller().isPresent()
                    && line.caller().isPresent()
                    && !first.caller().equals(line.caller());
        }

        boolean tracedWithoutCaller() {
            return place instanceof Place.Trace && first.caller().isEmpty();
        }

        Fault fault(String title) {
            return new Fault(row.name(), title, row.severity(), first.number(), first.stamp(), first.text());
        }
    }

    void accept(ConsoleLine line) {
        age();
        Optional<Report> report = reportOf(line);
        if (report.isPresent() && report.get().absorbs(line)) {
            look(report.get(), line);
            return;
        }
        if (table.mayBegin(line.text())) {
            for (FaultRow row : table.rows()) {
                Matcher matcher = row.match().matcher(line.text());
                if (matcher.find()) {
                    begin(new Report(row, place(row, matcher), line, matcher), report);
                    return;
                }
            }
        }
        report.ifPresent(r -> look(r, line));
    }

    /** The faults whose title is known, in the order of the console. */
    List<Fault> found() {
        return found.stream().sorted(Comparator.comparingLong(Fault::line)).toList();
    }

    /** Whether a report is open: then every line may belong to it. */
    boolean waiting() {
        return !open.isEmpty();
    }

    /** Ends the open reports, if any: what they have not told by now they will not tell. */
    void finish() {
        List.copyOf(open).forEach(this::finish);
    }

    private void finish(Report report) {
        if (!report.named) {
            name(report, report.row.otherwise().orElse(report.row.title()), "", Optional.empty());
        }
        open.remove(report);
    }

    private void age() {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (++open.get(i).age > PATIENCE) {
                finish(open.get(i));
            }
        }
    }

    /** The latest report that a line may belong to. */
    private Optional<Report> reportOf(ConsoleLine line) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (!open.get(i).ofOther(line)) {
                return Optional.of(open.get(i));
            }
        }
        return Optional.empty();
    }

    private void begin(Report report, Optional<Report> before) {
        before.ifPresent(earlier -> {
            report.mixed = report.tracedWithoutCaller()
                    && earlier.tracedWithoutCaller()
                    && (earlier.mixed || !earlier.named)
                    && earlier.lines < AT_ONCE;
            finish(earlier);
        });
        if (open.size() == MOST_OPEN) {
            finish(open.get(0));
        }
        open.add(report);
        if (report.place instanceof Place.Line) {
            name(report, report.row.title(), "", Optional.empty());
        }
    }

    private void look(Report report, ConsoleLine line) {
        if (!report.named && !report.mixed) {
            if (report.place instanceof Place.Trace) {
                function(line.text()).ifPresent(f -> name(report, report.row.title(), f, Optional.empty()));
            } else if (report.place instanceof Place.Below below) {
                Matcher matcher = below.pattern().matcher(line.text());
                if (matcher.find()) {
                    name(report, report.row.title(), "", Optional.of(matcher));
                }
            }
        }
        if (++report.lines >= REPORT_LINES || REPORT_END.matcher(line.text()).find()) {
            finish(report);
        }
    }

    /** Where the rest of the title is to be looked for. */
    private Place place(FaultRow row, Matcher matched) {
        if (!(row.place() instanceof Place.Caller)) {
            return row.place();
        }
        return toBlame(matched).isPresent() ? new Place.Line() : new Place.Trace();
    }

    private Optional<String> function(String text) {
        for (Pattern place : table.places()) {
            Matcher matcher = place.matcher(text);
            if (matcher.find()) {
                return toBlame(matcher);
            }
        }
        return Optional.empty();
    }

    private Optional<String> toBlame(Matcher matcher) {
        return Groups.get(matcher, "function").map(FaultTitle::function).filter(f -> !table.isPlumbing(f));
    }

    private void name(Report report, String template, String function, Optional<Matcher> below) {
        report.named = true;
        if (found.size() < Evidence.EVENT_LIMIT) {
            found.add(report.fault(FaultTitle.fill(template, function, report.matched, below)));
        }
    }
}
