package org.patchproof.triage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.patchproof.plan.KnownBug;

/** Reads logs and says which known bugs they show. */
public final class Triage {
    private Triage() {}

    /** Several logs are read at once, but one of xz may want 100 MiB. */
    private static final int MOST_AT_ONCE = 3;

    /**
     * Reads each log once; the report is as if that had been one after the other.
     *
     * @param all what is read, but for what is there twice
     * @param bugs what is looked for
     * @throws IOException when a log cannot be opened; damage further on is a note of the report
     */
    public static TriageReport of(List<LogFile> all, List<KnownBug> bugs) throws IOException {
        List<BugPatterns> patterns = bugs.stream().map(BugPatterns::of).toList();
        Map<String, List<NodeLog>> nodes = new LinkedHashMap<>();
        List<TriageReport.Log> read = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<LogFile> logs = Doubles.without(all, notes);
        List<LogScan.Result> results = read(logs, patterns);
        for (int i = 0; i < logs.size(); i++) {
            LogFile log = logs.get(i);
            LogScan.Result result = results.get(i);
            result.nodes()
                    .forEach((node, seen) ->
                            nodes.computeIfAbsent(node, n -> new ArrayList<>()).add(seen));
            notes.addAll(result.notes());
            read.add(new TriageReport.Log(
                    log.name(), List.copyOf(result.nodes().keySet()), result.lines(), result.bytes(), result.read()));
        }
        List<TriageReport.OfBug> found = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            int which = i;
            long undated =
                    results.stream().mapToLong(r -> r.undated().get(which)).sum();
            found.add(bug(patterns.get(i), nodes, undated, notes));
        }
        return new TriageReport(found, read, notes);
    }

    private static List<LogScan.Result> read(List<LogFile> logs, List<BugPatterns> patterns) throws IOException {
        int atOnce = Math.min(Math.min(Runtime.getRuntime().availableProcessors(), MOST_AT_ONCE), logs.size());
        if (atOnce < 2) {
            List<LogScan.Result> results = new ArrayList<>();
            for (LogFile log : logs) {
                results.add(LogScan.read(log, patterns));
            }
            return results;
        }
        ExecutorService readers = Executors.newFixedThreadPool(atOnce, Triage::reader);
        try {
            List<Future<LogScan.Result>> reading = logs.stream()
                    .map(log -> readers.submit(() -> LogScan.read(log, patterns)))
                    .toList();
            List<LogScan.Result> results = new ArrayList<>();
            for (Future<LogScan.Result> each : reading) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            throw new IllegalStateException("reading a log failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading logs");
        } finally {
            readers.shutdownNow();
        }
    }

    private static Thread reader(Runnable task) {
        Thread thread = new Thread(task, "patchproof-log");
        thread.setDaemon(true);
        return thread;
    }

    private static TriageReport.OfBug bug(
            BugPatterns bug, Map<String, List<NodeLog>> nodes, long undated, List<String> notes) {
        List<TriageReport.Finding> findings = new ArrayList<>();
        nodes.forEach((node, logs) -> {
            Lineup lineup = new Lineup(bug, logs);
            findings.addAll(new Assessor(bug, node, lineup).findings());
            if (lineup.full()) {
                notes.add(node + " shows " + bug.bug().name() + " on more subjects than are kept; some were left out");
            }
            crowded(lineup.crowdedSigns())
                    .ifPresent(signs -> notes.add(node + " shows signs of "
                            + bug.bug().name() + " at more times than are kept (" + signs
                            + "); of the later ones only the newest was looked at"));
            crowded(lineup.crowded())
                    .ifPresent(
                            subjects -> notes.add(
                                    node + " shows " + bug.bug().name()
                                            + " in more spells than are kept, on " + subjects
                                            + "; of the later ones only the longest and the newest were looked at, the others counted"));
        });
        findings.sort(Assessor.order());
        return new TriageReport.OfBug(bug.bug().name(), bug.bug().title(), findings, undated);
    }

    private static Optional<String> crowded(List<String> subjects) {
        return subjects.stream()
                .findFirst()
                .map(first -> subjects.size() == 1 ? first : first + " and " + (subjects.size() - 1) + " more");
    }
}
