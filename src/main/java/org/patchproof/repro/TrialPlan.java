package org.patchproof.repro;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.patchproof.console.EvidencePatterns;
import org.patchproof.plan.ReproductionLimits;

/**
 * How a bug is provoked and seen: the same for every trial of a cell.
 *
 * @param begin the bug's script that provokes it; the files beside it go into the guest too
 * @param end the bug's script that takes everything down and watches
 * @param environment of both scripts
 * @param limits how long each phase may take
 * @param patterns what is evidence on the console
 */
public record TrialPlan(
        Path begin, Path end, Map<String, String> environment, ReproductionLimits limits, EvidencePatterns patterns) {
    public TrialPlan {
        Objects.requireNonNull(begin);
        Objects.requireNonNull(end);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        Objects.requireNonNull(limits);
        Objects.requireNonNull(patterns);
    }

    /** What both scripts and the job around them are told. */
    Map<String, String> environmentOfScripts() {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("BEGIN", begin.getFileName().toString());
        all.put("END", end.getFileName().toString());
        all.put("PROVOKE_SECONDS", Long.toString(limits.provoke().toSeconds()));
        all.put("WATCH_SECONDS", Long.toString(limits.watch().toSeconds()));
        return all;
    }
}
