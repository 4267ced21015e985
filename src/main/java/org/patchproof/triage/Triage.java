package org.patchproof.triage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchproof.plan.BugSpec;

/** Reads logs and says which known bugs they show. */
public final class Triage {
    private Triage() {}

    /**
     * Reads each log once, in order.
     *
     * @param bugs the known bugs; those without a section {@code triage} are not looked for
     * @throws IOException when a log cannot be opened; damage further on is a note of the report
     */
    public static TriageReport of(List<LogFile> logs, List<BugSpec> bugs) throws IOException {
        List<BugPatterns> patterns = bugs.stream()
                .flatMap(bug -> bug.triage().map(spec -> BugPatterns.of(bug, spec)).stream())
                .toList();
        Map<String, List<NodeLog>> nodes = new LinkedHashMap<>();
        List<TriageReport.Log> read = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (LogFile log : logs) {
            LogScan.Result result = LogScan.read(log, patterns);
            result.nodes()
                    .forEach((node, seen) ->
                            nodes.computeIfAbsent(node, n -> new ArrayList<>()).add(seen));
            notes.addAll(result.notes());
            read.add(new TriageReport.Log(
                    log.name(), List.copyOf(result.nodes().keySet()), result.lines(), result.bytes()));
        }
        return new TriageReport(
                patterns.stream().map(bug -> bug(bug, nodes, notes)).toList(), read, notes);
    }

    private static TriageReport.OfBug bug(BugPatterns bug, Map<String, List<NodeLog>> nodes, List<String> notes) {
        List<TriageReport.Finding> findings = new ArrayList<>();
        nodes.forEach((node, logs) -> {
            Lineup lineup = new Lineup(bug, logs);
            findings.addAll(new Assessor(bug, node, lineup).findings());
            if (lineup.full()) {
                notes.add(node + " shows " + bug.bug().name() + " on more subjects than are kept; some were left out");
            }
        });
        findings.sort(Assessor.order());
        return new TriageReport.OfBug(bug.bug().name(), bug.bug().title(), findings);
    }
}
