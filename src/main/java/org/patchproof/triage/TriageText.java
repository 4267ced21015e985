package org.patchproof.triage;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.patchproof.triage.TriageReport.Companion;
import org.patchproof.triage.TriageReport.Finding;
import org.patchproof.triage.TriageReport.Kernel;
import org.patchproof.triage.TriageReport.Sure;

/** A report as text of 80 columns. */
public final class TriageText {
    private static final int WIDTH = 80;
    private static final int LABEL = 14;

    /** Of findings that are no bug, so many are shown: a busy node has hundreds. */
    private static final int SHOWN = 5;

    private final ZoneId zone;
    private final StringBuilder out = new StringBuilder();

    private TriageText(ZoneId zone) {
        this.zone = zone;
    }

    /** Ends with a line end. Times are shown in {@code zone}. */
    public static String render(TriageReport report, ZoneId zone) {
        TriageText text = new TriageText(zone);
        text.report(report);
        return text.out.toString();
    }

    private void report(TriageReport report) {
        long lines = report.logs().stream().mapToLong(TriageReport.Log::lines).sum();
        long nodes = report.logs().stream()
                .flatMap(log -> log.nodes().stream())
                .distinct()
                .count();
        paragraph("", count(report.logs().size(), "log") + ", " + count(lines, "line") + ", " + count(nodes, "node"));
        for (TriageReport.OfBug bug : report.bugs()) {
            line("");
            paragraph("", bug.name() + ": " + bug.title());
            if (bug.findings().isEmpty()) {
                paragraph("  ", none(report, bug));
            }
            findings(bug.findings());
        }
        if (!report.notes().isEmpty()) {
            line("");
            report.notes().forEach(note -> labelled("note", note));
        }
    }

    /** What is said where there is no finding. */
    private static String none(TriageReport report, TriageReport.OfBug bug) {
        if (bug.undated() > 0) {
            return "the message is there " + count(bug.undated(), "time")
                    + ", but no time tells when: whether it lasts is not known";
        }
        if (report.logs().stream().anyMatch(log -> !log.read())) {
            return report.logs().stream().anyMatch(TriageReport.Log::read)
                    ? "not seen in what could be read"
                    : "not known: no log could be read";
        }
        return "not seen";
    }

    private void findings(List<Finding> findings) {
        Map<Sure, Integer> shown = new EnumMap<>(Sure.class);
        for (Finding finding : findings) {
            int before = shown.merge(finding.sure(), 1, Integer::sum);
            boolean dull = finding.sure() == Sure.WENT_AWAY || finding.sure() == Sure.OTHER_BUG;
            if (!dull || before <= SHOWN) {
                finding(finding);
            }
        }
        shown.forEach((sure, n) -> {
            if ((sure == Sure.WENT_AWAY || sure == Sure.OTHER_BUG) && n > SHOWN) {
                line("");
                paragraph("  ", "and " + (n - SHOWN) + " more: " + sure.words());
            }
        });
    }

    private void finding(Finding finding) {
        line("");
        paragraph(
                "  ",
                finding.node() + "  " + finding.subject() + "  "
                        + finding.sure().words());
        labelled("why", finding.why());
        labelled("since", since(finding));
        labelled("how often", often(finding));
        finding.kernels().forEach(kernel -> labelled("kernel", kernel(kernel)));
        finding.with().forEach(companion -> labelled("goes with", companion(companion)));
        finding.otherwise().ifPresent(other -> labelled("or else", other));
        finding.see().ifPresent(see -> paragraph("    ", "see " + see));
        labelled("first line", finding.place() + ": " + finding.text());
        if (!finding.verify().isEmpty()) {
            labelled("to prove it", String.join(" ", finding.verify()));
        }
        finding.otherKernel().ifPresent(other -> labelled("but", other));
    }

    private String since(Finding finding) {
        return Times.moment(finding.since(), zone) + (finding.orEarlier() ? " or earlier" : "") + ", for "
                + Times.length(finding.lasted()) + (finding.orEarlier() ? " or more, " : ", ")
                + finding.end().words();
    }

    private static String often(Finding finding) {
        List<String> parts = new ArrayList<>();
        parts.add(count(finding.count(), "time"));
        if (finding.spells() > 1) {
            parts.add("in " + count(finding.spells(), "spell") + ", this one the longest that lasts");
        } else if (finding.count() > 1) {
            Duration every = finding.lasted().dividedBy(finding.count() - 1);
            parts.add("about every " + Times.length(every));
        }
        finding.value().ifPresent(parts::add);
        return String.join(", ", parts);
    }

    private static String kernel(Kernel kernel) {
        return kernel.release() + " " + kernel.why();
    }

    private String companion(Companion with) {
        String text = with.title() + ": " + count(with.count(), "time") + " from " + Times.moment(with.first(), zone);
        String longest = with.longest().map(l -> ", up to " + Times.length(l)).orElse("");
        return text + longest + " (" + with.place() + ")";
    }

    private static String count(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private void labelled(String label, String text) {
        String first = "    " + label + " ".repeat(LABEL - label.length());
        List<String> lines = wrap(harmless(text), WIDTH - first.length());
        for (int i = 0; i < lines.size(); i++) {
            line((i == 0 ? first : " ".repeat(first.length())) + lines.get(i));
        }
    }

    private void paragraph(String indent, String text) {
        wrap(harmless(text), WIDTH - indent.length()).forEach(l -> line(indent + l));
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("(?<=\\S) (?=\\S)")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** What logs say must not move the cursor. */
    private static String harmless(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
