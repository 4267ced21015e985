package org.patchproof.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Verdict;

/** Verdicts as text: a table to see at a glance, then every verdict with its story and its numbers. */
public final class VerdictTable {
    /** No line is longer, but for words (paths, names) that are longer themselves. */
    public static final int WIDTH = 80;

    private static final int GAP = 2;
    private static final int NAMES_WIDTH = 35;
    private static final String INDENT = "  ";
    private static final int LABEL_WIDTH = 12;

    /** What a variant is for. */
    public enum Role {
        CONTROL,
        CANDIDATE
    }

    /**
     * One variant of one kernel.
     *
     * @param trouble what failed on our side, if that is why nothing is concluded
     */
    public record Row(String kernel, String variant, Role role, Verdict verdict, Optional<String> trouble) {
        public Row {
            Objects.requireNonNull(kernel);
            Objects.requireNonNull(variant);
            Objects.requireNonNull(role);
            Objects.requireNonNull(verdict);
            Objects.requireNonNull(trouble);
        }

        private Numbers.Count own() {
            Numbers numbers = verdict.numbers();
            return role == Role.CONTROL ? numbers.control() : numbers.candidate();
        }
    }

    private final Style style;
    private final StringBuilder out = new StringBuilder();

    private VerdictTable(Style style) {
        this.style = style;
    }

    /** The rows in their order; ends with a line end. */
    public static String render(List<Row> rows, Style style) {
        return render(rows, rows, style);
    }

    /** The rows in their order, then the stories of {@code told} only. */
    public static String render(List<Row> rows, List<Row> told, Style style) {
        VerdictTable table = new VerdictTable(style);
        table.table(rows);
        told.forEach(table::story);
        return table.out.toString();
    }

    private void table(List<Row> rows) {
        int kernels = width(rows, "KERNEL", Row::kernel);
        int variants = width(rows, "VARIANT", Row::variant);
        if (kernels + variants > NAMES_WIDTH) {
            kernels = Math.max(NAMES_WIDTH - variants, Math.min(kernels, NAMES_WIDTH / 2));
            variants = NAMES_WIDTH - kernels;
        }
        int verdicts = width(rows, "VERDICT", r -> r.verdict().label());
        int shown = width(rows, "SHOWED BUG", VerdictTable::showed);
        line(style.bold(pad("KERNEL", kernels) + pad("VARIANT", variants) + pad("VERDICT", verdicts)
                + pad("SHOWED BUG", shown) + "EXPOSURES"));
        for (Row row : rows) {
            Verdict.Word word = row.verdict().word();
            line(pad(row.kernel(), kernels)
                    + pad(row.variant(), variants)
                    + style.verdict(word, row.verdict().label())
                    + " ".repeat(verdicts + GAP - row.verdict().label().length())
                    + pad(showed(row), shown)
                    + exposures(row));
        }
    }

    private static String showed(Row row) {
        Numbers.Count own = row.own();
        return own.trials() == 0 ? "-" : own.reproduced() + " of " + own.counted();
    }

    private static String exposures(Row row) {
        return row.own().trials() == 0 ? "-" : String.valueOf(row.own().exposures());
    }

    private void story(Row row) {
        line("");
        line(style.bold(Words.harmless(row.kernel() + " " + row.variant())));
        paragraph(row.verdict().explanation());
        row.trouble().ifPresent(trouble -> labelled("trouble", trouble));
        numbers(row);
        row.verdict().howManyMore().ifPresent(more -> labelled("to conclude", more.words()));
    }

    private void numbers(Row row) {
        Numbers numbers = row.verdict().numbers();
        if (numbers.control().trials() > 0) {
            labelled("control", arm(numbers.control()));
        }
        if (row.role() == Role.CANDIDATE && numbers.candidate().trials() > 0) {
            labelled("candidate", arm(numbers.candidate()));
        }
        numbers.fisherP().ifPresent(p -> labelled("Fisher p", Words.number(p) + " (exact, one-sided, by trials)"));
        numbers.missProbability().ifPresent(miss -> labelled("miss", chance(miss, numbers)));
        numbers.leftOut().forEach(left -> labelled("left out", leftOut(left)));
    }

    /** What an arm showed, and how many of its trials were left out. */
    static String arm(Numbers.Count count) {
        String counted = count.reproduced() + " of " + Words.count(count.counted(), "trial") + " showed the bug, "
                + Words.count(count.exposures(), "exposure");
        int out = count.trials() - count.counted();
        return out == 0 ? counted : counted + " (" + Words.count(out, "trial") + " more left out)";
    }

    /** The chance of a miss, of what, and what was asked for. */
    static String chance(double miss, Numbers numbers) {
        String wanted = numbers.confidence().isPresent()
                ? " (asked: " + Words.percent(1 - numbers.confidence().getAsDouble()) + " or less)"
                : "";
        String of = numbers.residual().isPresent() && numbers.residual().getAsDouble() < 1
                ? " if it still leaked " + Words.percent(numbers.residual().getAsDouble()) + " as often"
                : "";
        return "at most " + Words.percent(miss) + of + wanted;
    }

    private static String leftOut(Numbers.LeftOut left) {
        return left.arm() + " trial " + left.trial() + ", " + left.outcome() + ": " + left.why();
    }

    private void paragraph(String text) {
        Words.wrap(Words.harmless(text), WIDTH - INDENT.length()).forEach(l -> line(INDENT + l));
    }

    private void labelled(String label, String text) {
        String first = INDENT + label + " ".repeat(LABEL_WIDTH - label.length());
        String other = " ".repeat(first.length());
        List<String> lines = Words.wrap(Words.harmless(text), WIDTH - first.length());
        for (int i = 0; i < lines.size(); i++) {
            line(i == 0 ? style.faint(first) + lines.get(i) : other + lines.get(i));
        }
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    private static int width(List<Row> rows, String title, Function<Row, String> column) {
        return Math.max(
                title.length(),
                rows.stream().map(column).mapToInt(String::length).max().orElse(0));
    }

    private static String pad(String text, int width) {
        String cut = Words.cut(Words.harmless(text), width);
        return cut + " ".repeat(width + GAP - cut.length());
    }
}
