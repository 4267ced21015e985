package org.patchproof.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchproof.report.Findings.Cell;
import org.patchproof.report.Findings.Hope;
import org.patchproof.report.Findings.Variant;

/**
 * What the template of the page fills in: texts as they are to be read, in the order in which they
 * stand. Nothing in it is markup; the template escapes all of it.
 */
record HtmlPage(
        String title,
        Mark outcome,
        String meaning,
        int code,
        String tally,
        List<String> problems,
        List<String> columns,
        List<Row> rows,
        List<HtmlCell> cells,
        List<HtmlPatch> patches,
        List<BundleRow> bundles) {

    /** How a {@link Hope} is shown: a class for the style, a sign, a colour for where there is no style. */
    record Mark(String css, String sign, String tint) {
        static Mark of(Hope hope) {
            return switch (hope) {
                case HOPED -> new Mark("ok", "\u2713", "#dff2e3");
                case SAYS_NO -> new Mark("no", "\u2717", "#fbe0e0");
                case INCONCLUSIVE -> new Mark("open", "?", "#fdf0cf");
                case TROUBLE -> new Mark("trouble", "!", "#e6e8ec");
            };
        }
    }

    /** A kernel in the matrix. */
    record Row(String label, String anchor, List<Square> squares) {}

    /** A kernel and a variant in the matrix; empty where the variant is not one of the kernel. */
    record Square(List<Filled> filled) {}

    /** What a square says. */
    record Filled(Mark mark, String word, String anchor, String numbers, String name) {}

    /** A bundle, at the end. */
    record BundleRow(String id, String link, String digest, String state, String when, String host, String by) {}

    static HtmlPage of(Findings findings) {
        Set<String> columns = new LinkedHashSet<>();
        findings.variants().map(Variant::name).forEach(columns::add);
        List<Row> rows = new ArrayList<>();
        List<HtmlCell> cells = new ArrayList<>();
        HtmlContext context = HtmlContext.of(findings);
        int number = 0;
        for (Cell cell : findings.cells()) {
            String anchor = "k" + ++number;
            rows.add(row(cell, anchor, columns));
            cells.add(HtmlCell.of(cell, anchor, context));
        }
        return new HtmlPage(
                title(findings),
                Mark.of(findings.outcome().hope()),
                findings.outcome().meaning(),
                findings.outcome().code(),
                tally(findings),
                findings.problems(),
                List.copyOf(columns),
                rows,
                cells,
                HtmlPatch.of(findings, context),
                findings.bundles().stream().map(HtmlPage::bundle).toList());
    }

    private static String title(Findings findings) {
        List<String> bugs = findings.cells().stream().map(Cell::bug).distinct().toList();
        return bugs.isEmpty() ? "nothing was tried" : String.join(", ", bugs);
    }

    /** {@code 6 verdicts: 4 as hoped, 1 says no, 1 inconclusive}. */
    private static String tally(Findings findings) {
        Map<Hope, Long> counts = new LinkedHashMap<>();
        for (Hope hope : Hope.values()) {
            counts.put(
                    hope,
                    findings.variants().filter(v -> v.outcome().hope() == hope).count());
        }
        List<String> words = new ArrayList<>();
        words.add(counts.get(Hope.HOPED) + " as hoped");
        counts.forEach((hope, count) -> {
            if (count > 0 && hope != Hope.HOPED) {
                words.add(count + " " + word(hope));
            }
        });
        long all = findings.variants().count();
        return Words.count((int) all, "verdict") + ": " + String.join(", ", words);
    }

    private static String word(Hope hope) {
        return switch (hope) {
            case HOPED -> "as hoped";
            case SAYS_NO -> "against it";
            case INCONCLUSIVE -> "inconclusive";
            case TROUBLE -> "with trouble of ours";
        };
    }

    private static Row row(Cell cell, String anchor, Set<String> columns) {
        List<Square> squares = new ArrayList<>();
        for (String column : columns) {
            List<Filled> filled = new ArrayList<>();
            for (int i = 0; i < cell.variants().size(); i++) {
                Variant variant = cell.variants().get(i);
                if (variant.name().equals(column)) {
                    filled.add(new Filled(
                            Mark.of(variant.outcome().hope()),
                            variant.verdict().label().replace('_', ' '),
                            anchor + "v" + (i + 1),
                            numbers(variant),
                            cell.label() + " " + variant.name()));
                }
            }
            squares.add(new Square(filled));
        }
        return new Row(cell.label(), anchor, squares);
    }

    /** {@code 3/3, 5 exp.}: small enough for a matrix of twenty columns. */
    private static String numbers(Variant variant) {
        if (variant.own().trials() == 0) {
            return "no trial";
        }
        Optional<String> miss = variant.verdict().numbers().missProbability().isPresent()
                        && variant.role() == VerdictTable.Role.CANDIDATE
                ? Optional.of(", "
                        + together("miss \u2264 "
                                + Words.percent(variant.verdict()
                                        .numbers()
                                        .missProbability()
                                        .getAsDouble())))
                : Optional.empty();
        return variant.own().reproduced() + "/" + variant.own().counted() + ", "
                + variant.own().exposures() + " exp." + miss.orElse("");
    }

    /** With spaces at which no line is broken. */
    static String together(String text) {
        return text.replace(' ', '\u00a0');
    }

    private static BundleRow bundle(Findings.Bundle bundle) {
        Duration took = Duration.between(bundle.started(), bundle.updated());
        return new BundleRow(
                bundle.id(),
                bundle.link().isEmpty() ? "" : HtmlContext.encoded(bundle.link()),
                bundle.digest(),
                bundle.state(),
                bundle.started().toString().replaceFirst("\\.\\d+Z$", "Z") + ", " + Words.of(took),
                bundle.host() + ", " + bundle.acceleration(),
                bundle.patchproof());
    }
}
