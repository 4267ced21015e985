package org.patchproof.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.patchproof.report.Findings.Build;
import org.patchproof.report.Findings.Cell;
import org.patchproof.report.Findings.Line;
import org.patchproof.report.Findings.Trial;
import org.patchproof.report.Findings.Variant;
import org.patchproof.report.HtmlCell.Fact;
import org.patchproof.report.HtmlPage.Mark;
import org.patchproof.verdict.Numbers;

/** A variant on the page: verdict, numbers, picture, trials, consoles, chain of custody. */
record HtmlVariant(
        String anchor,
        String name,
        String role,
        Mark mark,
        String word,
        String reason,
        String explanation,
        List<String> open,
        List<String> trouble,
        List<String> more,
        List<Said> said,
        List<Fact> numbers,
        List<TimelinePicture> picture,
        List<TrialTable> table,
        List<Console> consoles,
        List<Series> series,
        List<HtmlBuild> builds) {

    /** What a compiler, a package manager or a kernel said. */
    record Said(List<String> lines) {}

    /** The trials, if there are any. */
    record TrialTable(List<TrialRow> trials) {}

    /** The patches, if there are any. */
    record Series(List<PatchRow> patches) {}

    /** A trial in the table. */
    record TrialRow(
            int number,
            Mark mark,
            String outcome,
            int exposures,
            String took,
            String detail,
            String link,
            List<String> faults) {}

    /** Lines of a console. */
    record Console(String title, String link, List<ConsoleLine> lines) {}

    /** One of them; {@code counts} holds one element where the line itself counts. */
    record ConsoleLine(long number, String text, List<String> counts, List<String> gap) {}

    /** A patch of the series, with the way to its text. */
    record PatchRow(String name, String sha256, String anchor) {}

    static HtmlVariant of(Cell cell, Variant variant, String anchor, HtmlContext context) {
        return new HtmlVariant(
                anchor,
                variant.name(),
                variant.role() == VerdictTable.Role.CONTROL ? "control" : "candidate",
                Mark.of(variant.outcome().hope()),
                variant.verdict().label().replace('_', ' '),
                variant.verdict().reason(),
                variant.verdict().explanation(),
                context.details(),
                variant.trouble().stream().toList(),
                variant.verdict().howManyMore().stream().map(m -> m.words()).toList(),
                any(variant.lines(), Said::new),
                numbers(variant),
                TimelinePicture.of(cell, variant).stream().toList(),
                any(
                        variant.trials().stream()
                                .map(trial -> row(variant.role(), trial, context))
                                .toList(),
                        TrialTable::new),
                variant.trials().stream()
                        .filter(trial -> !trial.excerpt().isEmpty())
                        .map(trial -> console(trial, context))
                        .toList(),
                any(
                        variant.patches().stream()
                                .map(patch -> new PatchRow(patch.name(), patch.sha256(), context.patch(patch.sha256())))
                                .toList(),
                        Series::new),
                builds(variant, context));
    }

    /** A part of the page for {@code things}, none where there are none. */
    private static <T, P> List<P> any(List<T> things, Function<List<T>, P> part) {
        return things.isEmpty() ? List.of() : List.of(part.apply(things));
    }

    private static List<HtmlBuild> builds(Variant variant, HtmlContext context) {
        List<HtmlBuild> builds = new ArrayList<>();
        for (Build build : variant.builds()) {
            builds.add(HtmlBuild.of(variant, build, context));
        }
        return builds;
    }

    private static List<Fact> numbers(Variant variant) {
        Numbers numbers = variant.verdict().numbers();
        List<Fact> facts = new ArrayList<>();
        if (numbers.control().trials() > 0) {
            facts.add(Fact.plain("control", VerdictTable.arm(numbers.control())));
        }
        if (variant.role() == VerdictTable.Role.CANDIDATE && numbers.candidate().trials() > 0) {
            facts.add(Fact.plain("candidate", VerdictTable.arm(numbers.candidate())));
        }
        numbers.fisherP()
                .ifPresent(p -> facts.add(Fact.plain("Fisher p", Words.number(p) + " (exact, one-sided, by trials)")));
        numbers.missProbability()
                .ifPresent(miss -> facts.add(Fact.plain("chance of a miss", VerdictTable.chance(miss, numbers))));
        if (!variant.trials().isEmpty() || !variant.builds().isEmpty()) {
            facts.add(Fact.plain(
                    "time", "builds " + Words.of(variant.buildTime()) + ", trials " + Words.of(variant.trialTime())));
        }
        numbers.leftOut()
                .forEach(left -> facts.add(Fact.plain(
                        "left out",
                        left.arm() + " trial " + left.trial() + ", " + left.outcome() + ": " + left.why())));
        return facts;
    }

    private static TrialRow row(VerdictTable.Role role, Trial trial, HtmlContext context) {
        return new TrialRow(
                trial.number(),
                mark(role, trial),
                trial.outcome(),
                trial.exposures(),
                HtmlPage.together(Words.of(trial.elapsed())),
                trial.detail(),
                context.link(trial.bundle(), trial.console()),
                trial.faults());
    }

    /** A control is to show the bug, a candidate is not. */
    private static Mark mark(VerdictTable.Role role, Trial trial) {
        boolean hoped = trial.outcome().equals(role == VerdictTable.Role.CONTROL ? "REPRODUCED" : "CLEAN");
        if (hoped) {
            return new Mark("ok", "\u2713", "");
        }
        return switch (trial.outcome()) {
            case "REPRODUCED", "FAULT" -> new Mark("no", "\u2717", "");
            case "CLEAN", "UNEXERCISED" -> new Mark("open", "?", "");
            default -> new Mark("trouble", "!", "");
        };
    }

    private static Console console(Trial trial, HtmlContext context) {
        List<ConsoleLine> lines = new ArrayList<>();
        long before = -1;
        for (Line line : trial.excerpt()) {
            lines.add(new ConsoleLine(
                    line.number(),
                    line.text(),
                    line.weight() == Line.Weight.COUNTS ? List.of("counts") : List.of(),
                    before >= 0 && line.number() > before + 1 ? List.of("gap") : List.of()));
            before = line.number();
        }
        return new Console(
                "Console of trial " + trial.number() + " (" + trial.outcome() + ")",
                context.link(trial.bundle(), trial.console()),
                lines);
    }

    /** The first control of a cell that was tried. */
    static Optional<Variant> control(Cell cell) {
        return cell.variants().stream()
                .filter(variant -> variant.role() == VerdictTable.Role.CONTROL)
                .findFirst();
    }
}
