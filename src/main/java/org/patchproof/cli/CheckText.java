package org.patchproof.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.patchproof.check.KernelReport;
import org.patchproof.patch.HunkCheck;
import org.patchproof.patch.HunkFate;
import org.patchproof.patch.LintFinding;
import org.patchproof.patch.PatchCheck;
import org.patchproof.patch.SideBySide;
import org.patchproof.report.Words;

/** Results of {@code check} for people: a table, then each kernel with its hunks; 80 columns. */
final class CheckText {
    private static final int WIDTH = 80;
    private static final int NUMBER = 6;
    private static final int TAB = 4;
    private static final int SIDE = (WIDTH - NUMBER - 10) / 2;

    private final StringBuilder out = new StringBuilder();

    String render(List<KernelReport> reports, List<LintFinding> findings, List<String> leftOut) {
        table(reports);
        for (KernelReport report : reports) {
            kernel(report);
        }
        for (LintFinding finding : findings) {
            line("");
            wrapped("", finding.message());
            wrapped("  ", finding.remedy());
        }
        for (String left : leftOut) {
            line("");
            wrapped("", left);
        }
        return out.toString();
    }

    private void table(List<KernelReport> reports) {
        int kernels = width("KERNEL", reports.stream().map(KernelReport::kernel).toList(), 30);
        int rules = width("RULE", reports.stream().map(KernelReport::rule).toList(), 16);
        line(pad("KERNEL", kernels) + pad("RULE", rules) + "PATCHES");
        for (KernelReport report : reports) {
            line(pad(report.kernel(), kernels) + pad(report.rule(), rules) + summary(report));
        }
    }

    private static String summary(KernelReport report) {
        List<PatchCheck> patches = report.preflight().patches();
        List<String> words = new ArrayList<>();
        if (report.refusal().isPresent()) {
            words.add("refused by the spec");
        }
        if (!report.known()) {
            words.add("cannot be known by check");
        }
        long fuzzy = patches.stream()
                .filter(p -> p.verdict() == PatchCheck.Verdict.APPLIES && p.fuzz() > 0)
                .count();
        for (PatchCheck.Verdict verdict : PatchCheck.Verdict.values()) {
            long many = patches.stream().filter(p -> p.verdict() == verdict).count();
            if (many > 0) {
                String with = verdict == PatchCheck.Verdict.APPLIES && fuzzy > 0 ? ", with fuzz" : "";
                words.add((patches.size() == 1 ? word(verdict) : many + " of " + patches.size() + " " + words(verdict))
                        + with);
            }
        }
        return String.join(", ", words);
    }

    private static String words(PatchCheck.Verdict verdict) {
        return switch (verdict) {
            case APPLIES -> "apply";
            case ALREADY_IN -> "already in";
            case REJECTED -> "do not apply";
        };
    }

    private static String word(PatchCheck.Verdict verdict) {
        return switch (verdict) {
            case APPLIES -> "applies";
            case ALREADY_IN -> "already in";
            case REJECTED -> "does not apply";
        };
    }

    private void kernel(KernelReport report) {
        line("");
        line(report.kernel() + ": " + report.nevra());
        report.dialect().ifPresent(dialect -> wrapped("  ", "its spec: " + dialect + ", " + report.rule()));
        report.refusal().ifPresent(refusal -> {
            wrapped("  ", "refused: " + refusal.seen());
            wrapped("  ", "remedy: " + refusal.remedy());
            wrapped("  ", "the hunks below were tried with " + report.rule());
        });
        report.notes().forEach(note -> wrapped("  ", "note: " + note));
        report.preflight().patches().forEach(this::patch);
    }

    private void patch(PatchCheck check) {
        line("  " + check.patch().name() + ": " + word(check.verdict()));
        check.notes().forEach(note -> wrapped("    ", "note: " + note));
        String path = "";
        for (HunkCheck hunk : check.hunks()) {
            if (!hunk.path().equals(path)) {
                path = hunk.path();
                line("    " + path);
            }
            String at = hunk.fate() instanceof HunkFate.Rejected
                    ? " (line " + hunk.hunk().line() + " of the patch)"
                    : "";
            wrapped("      ", "hunk " + hunk.number() + at + ": " + hunk.fate().describe());
            if (hunk.fate() instanceof HunkFate.Rejected rejected) {
                beside(rejected.sideBySide());
            }
        }
    }

    private void beside(List<SideBySide.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        int indent = indent(rows);
        line("      " + pad("the patch", SIDE) + " ".repeat(NUMBER) + "  the tree");
        for (SideBySide.Row row : rows) {
            String mark = row.patchLine().map(l -> l.substring(0, 1)).orElse("");
            String patch = mark + shown(row.patchLine().map(l -> l.substring(1)).orElse(""), indent);
            String number = row.treeNumber() == 0 ? "" : String.valueOf(row.treeNumber());
            line("   " + row.mark() + "  " + pad(cut(patch), SIDE)
                    + " ".repeat(Math.max(0, NUMBER - number.length())) + number + "  "
                    + cut(shown(row.treeLine().orElse(""), indent)));
        }
        line("");
    }

    /** Tabs that all lines begin with: they say nothing and take room. */
    private static int indent(List<SideBySide.Row> rows) {
        return rows.stream()
                .flatMap(row ->
                        Stream.concat(row.patchLine().map(l -> l.substring(1)).stream(), row.treeLine().stream()))
                .filter(text -> !text.isBlank() && !text.startsWith("#"))
                .mapToInt(CheckText::tabs)
                .min()
                .orElse(0);
    }

    private static int tabs(String text) {
        int tabs = 0;
        while (tabs < text.length() && text.charAt(tabs) == '\t') {
            tabs++;
        }
        return tabs;
    }

    private static String shown(String text, int indent) {
        return text.substring(Math.min(indent, tabs(text))).replace("\t", " ".repeat(TAB));
    }

    private static String cut(String text) {
        return text.length() <= SIDE ? text : text.substring(0, SIDE - 2) + "..";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width + 2 - text.length()));
    }

    private static int width(String head, List<String> cells, int most) {
        return Math.min(
                most,
                Math.max(
                        head.length(),
                        cells.stream().mapToInt(String::length).max().orElse(0)));
    }

    private void wrapped(String indent, String text) {
        Words.wrap(text, WIDTH - indent.length()).forEach(l -> line(indent + l));
    }

    private void line(String text) {
        out.append(Words.harmless(text).stripTrailing()).append('\n');
    }
}
