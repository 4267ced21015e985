package org.patchproof.verdict;

import java.util.Locale;
import java.util.stream.Collectors;
import org.patchproof.verdict.Numbers.Count;
import org.patchproof.verdict.Numbers.LeftOut;

/** Numbers in words that a person can read aloud. */
final class Explanation {

    private Explanation() {}

    static String ofControl(Finding finding, Numbers numbers) {
        return finding.word() + ": " + finding.reason() + ". " + arm("control", numbers.control()) + leftOut(numbers);
    }

    static String ofCandidate(Finding finding, Numbers numbers) {
        StringBuilder text = new StringBuilder();
        text.append(finding.word()).append(": ").append(finding.reason()).append(". ");
        text.append(arm("control", numbers.control())).append(' ').append(arm("candidate", numbers.candidate()));
        numbers.missProbability().ifPresent(miss -> text.append(' ').append(chance(numbers, miss)));
        numbers.fisherP()
                .ifPresent(p -> text.append(" By trials alone, a difference this large would come by chance with p = ")
                        .append(number(p))
                        .append(" (Fisher, one-sided)."));
        return text.append(leftOut(numbers)).toString();
    }

    private static String arm(String name, Count count) {
        if (count.counted() == 0) {
            return "The " + name + " has no trial that counts.";
        }
        return "The " + name + " showed the bug in " + count.reproduced() + " of " + count.counted()
                + (count.counted() == 1 ? " trial" : " trials") + ", with " + count.exposures()
                + (count.exposures() == 1 ? " exposure." : " exposures.");
    }

    private static String chance(Numbers numbers, double miss) {
        boolean byExposure = numbers.exposureRate().isPresent();
        double rate = (byExposure ? numbers.exposureRate() : numbers.trialRate()).orElseThrow();
        String what = byExposure ? "an exposure" : "a trial";
        return "At " + percent(numbers.confidence().orElseThrow()) + " confidence " + what
                + " of the control leaks at least " + percent(rate)
                + " of the time; " + supposed(numbers) + " would have stayed clean with a chance of at most "
                + percent(miss) + "."
                + (byExposure ? "" : " (Per trial, as the control also leaked where not every exposure was seen.)");
    }

    private static String supposed(Numbers numbers) {
        double residual = numbers.residual().orElse(1);
        return residual == 1
                ? "if the patch did nothing, the candidate"
                : "a candidate that still leaked " + percent(residual) + " as often";
    }

    private static String leftOut(Numbers numbers) {
        if (numbers.leftOut().isEmpty()) {
            return "";
        }
        return " Left out: " + numbers.leftOut().stream().map(Explanation::one).collect(Collectors.joining("; ")) + ".";
    }

    private static String one(LeftOut left) {
        return left.arm() + " trial " + left.trial() + " (" + left.outcome() + ": " + left.why() + ")";
    }

    private static String percent(double share) {
        return number(share * 100) + " %";
    }

    /** Three significant digits, as people write them. */
    private static String number(double value) {
        if (value == 0 || value >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(value)));
        String text = String.format(Locale.ROOT, "%." + Math.min(digits, 12) + "f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
