package org.patchproof.triage;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.plan.TriageSpec;
import org.patchproof.triage.TriageReport.Has;
import org.patchproof.triage.TriageReport.Kernel;

/** Tells from a release ({@code uname -r}) whether a kernel has a bug. */
final class KernelRelease {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private static final Pattern LINE = Pattern.compile("\\d{1,4}\\.\\d{1,4}");

    private KernelRelease() {}

    static Kernel judge(String release, List<TriageSpec.Affected> rules) {
        for (TriageSpec.Affected rule : rules) {
            if (Pattern.compile(rule.kernels()).matcher(release).find()) {
                if (compare(release, rule.fixed()) >= 0) {
                    return new Kernel(release, Has.FIX, "has the fix, as all from " + rule.fixed() + " on");
                }
                return rule.note()
                        .map(note -> new Kernel(release, Has.UNKNOWN, "is older than " + rule.fixed() + "; " + note))
                        .orElseGet(() -> new Kernel(release, Has.BUG, "has the bug, as all before " + rule.fixed()));
            }
        }
        return new Kernel(release, Has.UNKNOWN, "is not in the bug's spec");
    }

    /** The bug's kernel that stands for a release. */
    static Optional<String> specFor(String release, TriageSpec spec) {
        return spec.verify().entrySet().stream()
                .filter(e -> Pattern.compile(e.getValue()).matcher(release).find())
                .map(java.util.Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a kernel of specs/kernels/ is, by its name, of the line of a release: {@code linux-6.1} of 6.1.55. */
    static boolean sameLine(String name, String release) {
        Matcher named = LINE.matcher(name);
        Matcher runs = LINE.matcher(release);
        return !named.find() || !runs.find() || named.group().equals(runs.group());
    }

    /** Number by number, as many as {@code limit} has; what is not there is 0. */
    static int compare(String release, String limit) {
        Matcher mine = NUMBER.matcher(release);
        Matcher others = NUMBER.matcher(limit);
        while (others.find()) {
            long number = mine.find() ? Long.parseLong(mine.group()) : 0;
            int order = Long.compare(number, Long.parseLong(others.group()));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
