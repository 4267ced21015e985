package org.patchproof.report;

import java.util.List;
import java.util.stream.Collectors;
import org.patchproof.report.Findings.Bundle;
import org.patchproof.report.Findings.Cell;
import org.patchproof.report.Findings.Hope;
import org.patchproof.report.Findings.Variant;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Numbers;
import org.patchproof.verdict.Verdict;

/**
 * Findings as Markdown for a merge request or a mail, and as trailers for a commit message. Only a
 * verdict of FIXED gets a {@code Tested-by:} line; the trailers name the bundle by its digest, so that
 * a reader can ask for the evidence and know that it is the one that was meant.
 */
public final class MarkdownSummary {
    private static final int STORIES = 20;

    private final StringBuilder out = new StringBuilder();

    private MarkdownSummary() {}

    /** The summary, ending with a line end. */
    public static String render(Findings findings) {
        MarkdownSummary summary = new MarkdownSummary();
        summary.line("# patchproof: " + findings.outcome().meaning());
        summary.line("");
        summary.table(findings);
        summary.problems(findings);
        summary.stories(findings);
        summary.trailers(findings);
        summary.evidence(findings);
        return summary.out.toString();
    }

    private void table(Findings findings) {
        line("| kernel | variant | verdict | showed the bug | exposures | miss |");
        line("|---|---|---|---|---|---|");
        for (Cell cell : findings.cells()) {
            for (Variant variant : cell.variants()) {
                Numbers.Count own = variant.own();
                line("| " + text(cell.label()) + " | " + text(variant.name()) + " | **"
                        + variant.verdict().label() + "** | "
                        + (own.trials() == 0 ? "-" : own.reproduced() + " of " + own.counted()) + " | "
                        + (own.trials() == 0 ? "-" : own.exposures()) + " | "
                        + (variant.verdict().numbers().missProbability().isPresent()
                                ? "at most "
                                        + Words.percent(variant.verdict()
                                                .numbers()
                                                .missProbability()
                                                .getAsDouble())
                                : "-")
                        + " |");
            }
        }
        line("");
    }

    private void problems(Findings findings) {
        if (!findings.problems().isEmpty()) {
            line("Not read:");
            line("");
            findings.problems().forEach(problem -> line("- " + text(problem)));
            line("");
        }
    }

    /** What says no first, then what concludes nothing, then the rest. */
    private void stories(Findings findings) {
        int told = 0;
        for (Hope hope : List.of(Hope.SAYS_NO, Hope.TROUBLE, Hope.INCONCLUSIVE, Hope.HOPED)) {
            for (Cell cell : findings.cells()) {
                for (Variant variant : cell.variants()) {
                    if (variant.outcome().hope() == hope && told++ < STORIES) {
                        line("- **" + text(cell.label()) + " " + text(variant.name()) + "**: "
                                + text(variant.verdict().explanation()));
                    }
                }
            }
        }
        if (told > STORIES) {
            line("- and " + (told - STORIES) + " more: see index.html");
        }
        line("");
    }

    private void trailers(Findings findings) {
        List<String> trailers = trailersOf(findings);
        if (!trailers.isEmpty()) {
            line("For the commit message:");
            line("");
            line("```");
            trailers.forEach(this::line);
            line("```");
            line("");
        }
    }

    /**
     * Git trailers: {@code Tested-by} for each variant that is FIXED as it ships, and the digest of each bundle
     * that shows it. Empty when nothing is.
     */
    public static List<String> trailersOf(Findings findings) {
        List<String> trailers = new java.util.ArrayList<>();
        List<String> digests = new java.util.ArrayList<>();
        for (Cell cell : findings.cells()) {
            for (Variant variant : cell.variants()) {
                if (ships(variant)) {
                    Verdict verdict = variant.verdict();
                    trailers.add("Tested-by: patchproof # " + trailer(cell.label()) + " " + trailer(variant.name())
                            + ": control " + counts(verdict.numbers().control()) + ", candidate "
                            + counts(verdict.numbers().candidate()));
                    runs(cell)
                            .forEach(run -> findings.bundles().stream()
                                    .filter(bundle -> bundle.id().equals(run))
                                    .forEach(bundle -> digests.add("Patchproof-bundle: sha256:" + bundle.digest())));
                }
            }
        }
        trailers.addAll(digests.stream().distinct().toList());
        return trailers;
    }

    /** What was not packed says nothing of what ships. */
    private static boolean ships(Variant variant) {
        return variant.verdict().word() == Verdict.Word.FIXED
                && variant.verdict().lane() == Lane.RPM;
    }

    /** The control counts as well: every bundle of the cell is part of the proof. */
    private static List<String> runs(Cell cell) {
        return cell.variants().stream()
                .filter(variant -> variant.role() == VerdictTable.Role.CONTROL || ships(variant))
                .flatMap(variant -> variant.builds().stream())
                .map(Findings.Build::bundle)
                .distinct()
                .toList();
    }

    private static String counts(Numbers.Count count) {
        return count.reproduced() + "/" + count.counted() + " with " + Words.count(count.exposures(), "exposure");
    }

    private void evidence(Findings findings) {
        line("Evidence:");
        line("");
        for (Bundle bundle : findings.bundles()) {
            line("- `" + code(bundle.id()) + "` run.json sha256 `" + bundle.digest() + "`"
                    + (bundle.state().equals("finished") ? "" : " (" + text(bundle.state()) + ", not finished)"));
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** On one line, with nothing in it that Markdown or a browser would take for more than text. */
    static String text(String text) {
        String flat = Words.harmless(text).lines().collect(Collectors.joining(" "));
        return flat.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("([\\\\`*_\\[\\]|~#!])", "\\\\$1")
                .replace("@", "&#64;");
    }

    private static String code(String text) {
        return Words.harmless(text).replace('`', '\'').replace('\n', ' ');
    }

    /** A trailer is one line. */
    private static String trailer(String text) {
        return Words.harmless(text).replace('\n', ' ');
    }
}
