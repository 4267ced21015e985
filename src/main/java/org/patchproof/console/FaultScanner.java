package org.patchproof.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.console.FaultRow.Place;

/**
 * Lines -> faults. A report is many lines: the first names what happened, a later one where. Lines of
 * other callers (CONFIG_PRINTK_CALLER) do not belong to it.
 */
final class FaultScanner {
    /** A report with registers, code bytes and call trace is shorter than this. */
    private static final int REPORT_LINES = 80;

    private static final Pattern REPORT_END = Pattern.compile("^---\\[ end (?:trace|Kernel panic)\\b");

    private final FaultTable table;
    private final List<Fault> found = new ArrayList<>();
    private Report open;

    FaultScanner(FaultTable table) {
        this.table = table;
    }

    /** A report that may go on. */
    private static final class Report {
        private final FaultRow row;
        private final ConsoleLine first;
        private final Matcher matched;
        private int lines;
        private boolean named;

        Report(FaultRow row, ConsoleLine first, Matcher matched) {
            this.row = row;
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

        Fault fault(String title) {
            return new Fault(row.name(), title, row.severity(), first.number(), first.stamp(), first.text());
        }
    }

    void accept(ConsoleLine line) {
        boolean continues = open != null && !open.ofOther(line);
        if (continues && open.absorbs(line)) {
            look(line);
            return;
        }
        for (FaultRow row : table.rows()) {
            Matcher matcher = row.match().matcher(line.text());
            if (matcher.find()) {
                finish();
                begin(new Report(row, line, matcher));
                return;
            }
        }
        if (continues) {
            look(line);
        }
    }

    /** The faults whose title is known. */
    List<Fault> found() {
        return List.copyOf(found);
    }

    /** Ends the open report, if any: what it has not told by now it will not tell. */
    void finish() {
        if (open != null && !open.named) {
            name(open.row.otherwise().orElse(open.row.title()), "", Optional.empty());
        }
        open = null;
    }

    private void begin(Report report) {
        open = report;
        if (report.row.place() instanceof Place.Line) {
            name(report.row.title(), "", Optional.empty());
        }
    }

    private void look(ConsoleLine line) {
        if (!open.named) {
            if (open.row.place() instanceof Place.Trace) {
                function(line.text()).ifPresent(f -> name(open.row.title(), f, Optional.empty()));
            } else if (open.row.place() instanceof Place.Below below) {
                Matcher matcher = below.pattern().matcher(line.text());
                if (matcher.find()) {
                    name(open.row.title(), "", Optional.of(matcher));
                }
            }
        }
        if (++open.lines >= REPORT_LINES || REPORT_END.matcher(line.text()).find()) {
            finish();
        }
    }

    private Optional<String> function(String text) {
        for (Pattern place : table.places()) {
            Matcher matcher = place.matcher(text);
            if (matcher.find()) {
                return Groups.get(matcher, "function").map(FaultTitle::function).filter(f -> !table.isPlumbing(f));
            }
        }
        return Optional.empty();
    }

    private void name(String template, String function, Optional<Matcher> below) {
        open.named = true;
        if (found.size() < Evidence.EVENT_LIMIT) {
            found.add(open.fault(FaultTitle.fill(template, function, open.matched, below)));
        }
    }
}
