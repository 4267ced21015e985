package org.patchproof.verdict;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.patchproof.repro.Trial;
import org.patchproof.repro.Trial.Outcome;
import org.patchproof.verdict.Verdict.Word;

/** Does a control show the bug? */
final class ControlJudge {

    private ControlJudge() {}

    static Verdict judge(Arm.Tried control) {
        Tally tally = Tally.of(control);
        Finding finding = finding(control, tally);
        Numbers numbers = new Numbers(
                tally.count(),
                Numbers.Count.NONE,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                tally.leftOut("control"));
        return new Verdict(
                finding.word(), finding.reason(), numbers, Explanation.ofControl(finding, numbers), Optional.empty());
    }

    /** Why trials that did not reproduce did not: their outcomes, and what the first one says. */
    static String why(Tally tally) {
        if (tally.trials().isEmpty()) {
            return "there was no trial";
        }
        Map<Outcome, List<Trial>> by = tally.trials().stream()
                .collect(Collectors.groupingBy(Trial::outcome, TreeMap::new, Collectors.toList()));
        return by.entrySet().stream()
                .map(e -> e.getValue().size() + " " + e.getKey() + ": "
                        + e.getValue().get(0).detail())
                .collect(Collectors.joining("; "));
    }

    private static Finding finding(Arm.Tried control, Tally tally) {
        if (!control.custody().whole()) {
            return Finding.inconclusive("the chain of custody is not whole: "
                    + String.join("; ", control.custody().missing()));
        }
        List<Trial> leaking = tally.with(Outcome.REPRODUCED);
        if (!leaking.isEmpty()) {
            return new Finding(
                    Word.REPRODUCED,
                    "the symptom appeared in " + leaking.size() + " of "
                            + tally.count().counted() + " trials, first in trial "
                            + leaking.get(0).number() + ": " + leaking.get(0).detail());
        }
        if (tally.has(Outcome.CLEAN)) {
            return new Finding(
                    Word.NOT_REPRODUCED,
                    "the symptom appeared in none of " + tally.count().counted() + " exercised trials");
        }
        return Finding.inconclusive("no trial counts: " + why(tally));
    }
}
