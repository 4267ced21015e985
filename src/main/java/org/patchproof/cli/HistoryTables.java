package org.patchproof.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.history.Answers;
import org.patchproof.report.Words;

/** The history's answers as lines. */
final class HistoryTables {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private HistoryTables() {}

    static List<String> verdicts(List<Answers.VerdictAt> verdicts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("WHEN (UTC)", "KERNEL", "VARIANT", "VERDICT", "SHOWED BUG", "EXPOSURES", "RUN"));
        verdicts.forEach(v -> rows.add(List.of(
                time(v.started()),
                v.kernel(),
                v.variant(),
                v.label(),
                v.counted() == 0 ? "-" : v.reproduced() + " of " + v.counted(),
                v.counted() == 0 ? "-" : "" + v.exposures(),
                v.run())));
        return table(rows, "no verdict is known");
    }

    static List<String> turns(List<Answers.Turn> turns) {
        List<String> lines = new ArrayList<>();
        for (Answers.Turn turn : turns) {
            lines.add(Words.harmless(
                    turn.firstBad().kernel() + " " + turn.firstBad().variant()));
            lines.add("  last good   " + turn.lastGood().map(HistoryTables::at).orElse("never"));
            lines.add("  first bad   " + at(turn.firstBad()));
            if (turn.lastGood().isPresent()) {
                lines.add("  between     "
                        + (turn.sourceChanged() ? "the source package changed" : "the same source package") + ", "
                        + (turn.patchesChanged() ? "the patches changed" : "the same patches"));
            }
        }
        return lines.isEmpty() ? List.of("nothing is bad now") : lines;
    }

    private static String at(Answers.VerdictAt verdict) {
        return Words.harmless(time(verdict.started()) + " " + verdict.label() + " in run " + verdict.run());
    }

    static List<String> flaky(List<Answers.Flaky> flaky) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("KERNEL", "VARIANT", "GOOD", "BAD", "INCONCLUSIVE", "SHOWED BUG"));
        flaky.forEach(f -> rows.add(List.of(
                f.kernel(),
                f.variant(),
                "" + f.good(),
                "" + f.bad(),
                "" + f.inconclusive(),
                f.reproduced() + " of " + f.counted())));
        return table(rows, "nothing is flaky: the same input ended the same way each time");
    }

    static List<String> times(List<Answers.Times> times) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("KERNEL", "VARIANT", "BUILDS", "MEDIAN", "TRIALS", "MEDIAN", "LONGEST"));
        times.forEach(t -> rows.add(List.of(
                t.kernel(),
                t.variant(),
                "" + t.builds(),
                t.medianBuild().map(Words::of).orElse("-"),
                "" + t.trials(),
                t.medianTrial().map(Words::of).orElse("-"),
                t.longestTrial().map(Words::of).orElse("-"))));
        return table(rows, "no time is known");
    }

    static List<String> proves(String digest, List<Answers.VerdictAt> verdicts) {
        List<String> lines = new ArrayList<>();
        for (Answers.VerdictAt v : verdicts) {
            lines.add(Words.harmless(v.label() + "  " + v.kernel() + " " + v.variant() + ", " + time(v.started())));
            lines.add(Words.harmless("  bundle  " + v.directory()));
            lines.add("  run.json sha256 " + v.digest());
        }
        return lines.isEmpty() ? List.of("no bundle that is known made an RPM with sha256 " + digest) : lines;
    }

    private static List<String> table(List<List<String>> rows, String otherwise) {
        if (rows.size() == 1) {
            return List.of(otherwise);
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                int column = i;
                int width = rows.stream()
                        .mapToInt(r -> r.get(column).length())
                        .max()
                        .orElse(0);
                String text = Words.harmless(row.get(i));
                line.append(text).append(" ".repeat(width + 2 - text.length()));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
