package org.patchproof.triage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchproof.triage.TriageReport.Companion;
import org.patchproof.triage.TriageReport.End;

/** All logs of one node, lined up for one bug. */
final class Lineup {
    /** What goes with a symptom may begin before it (the delete that hangs) and end after it. */
    private static final Duration LEEWAY = Duration.ofMinutes(10);

    /** A kernel that starts logs its first lines within this. */
    private static final Duration START = Duration.ofSeconds(1);

    private final BugPatterns bug;
    private final List<NodeLog> logs;

    Lineup(BugPatterns bug, List<NodeLog> logs) {
        this.bug = bug;
        this.logs = List.copyOf(logs);
    }

    /** Each subject with its spells, in order of time. */
    Map<String, List<Spell>> subjects() {
        Map<String, List<SpellTrack>> tracks = new LinkedHashMap<>();
        for (NodeLog log : logs) {
            log.of(bug)
                    .subjects
                    .forEach((subject, track) -> tracks.computeIfAbsent(subject, s -> new ArrayList<>())
                            .add(track));
        }
        Map<String, List<Spell>> merged = new LinkedHashMap<>();
        tracks.forEach((subject, list) -> merged.put(subject, SpellTrack.merge(list)));
        return merged;
    }

    /** Whether there were more subjects than are kept. */
    boolean full() {
        return logs.stream().anyMatch(log -> log.of(bug).full);
    }

    /** The spells of a subject that are not kept. */
    SpellTrack.Counted counted(String subject) {
        return logs.stream()
                .flatMap(log -> Optional.ofNullable(log.of(bug).subjects.get(subject)).stream())
                .map(SpellTrack::counted)
                .reduce(SpellTrack.Counted.NONE, SpellTrack.Counted::plus);
    }

    /** Subjects with more spells than are kept. */
    List<String> crowded() {
        return logs.stream()
                .flatMap(log -> log.of(bug).subjects.entrySet().stream())
                .filter(subject -> subject.getValue().counted().spells() > 0)
                .map(Map.Entry::getKey)
                .distinct()
                .toList();
    }

    /** Signs that came more often than is kept. */
    List<String> crowdedSigns() {
        return logs.stream()
                .flatMap(log -> log.of(bug).signs.stream())
                .filter(SignTrack::full)
                .map(SignTrack::title)
                .distinct()
                .toList();
    }

    /** Whether a spell may have begun before the logs do: they begin with it, and not with the kernel's start. */
    boolean mayBeginEarlier(String subject, Spell spell) {
        return logs.stream()
                .filter(log -> log.of(bug).subjects.containsKey(subject))
                .flatMap(log -> log.first(spell.first().clock()).stream())
                .min(Comparator.naturalOrder())
                .filter(first -> !isBoot(first))
                .filter(first -> spell.first().since(first).compareTo(bug.gap()) <= 0)
                .isPresent();
    }

    private static boolean isBoot(Moment first) {
        return first.clock() == Moment.Clock.BOOT && first.uptime().compareTo(START) < 0;
    }

    /** How a spell of a subject ended. */
    End end(String subject, Spell spell) {
        for (NodeLog log : logs) {
            for (NodeLog.Kernel boot : log.kernels()) {
                boolean after = boot.at().isPresent()
                        && boot.before().filter(b -> within(spell, b)).isPresent();
                if (after) {
                    return End.REBOOT;
                }
            }
        }
        // A log that ends earlier, or is of something else, says nothing of how it went on.
        boolean silent = logs.stream()
                .filter(log -> log.of(bug).subjects.containsKey(subject))
                .anyMatch(log -> log.latest(spell.last().clock())
                        .filter(latest -> latest.since(spell.last()).compareTo(bug.gap()) > 0)
                        .isPresent());
        return silent ? End.STOPPED : End.LOG_ENDS;
    }

    /** Whether what was logged last before a boot is of the end of a spell. */
    private boolean within(Spell spell, Moment before) {
        return before.clock() == spell.last().clock()
                && before.compareTo(spell.last()) >= 0
                && before.since(spell.last()).compareTo(bug.gap()) <= 0;
    }

    /** The releases of the kernels that ran during a spell; where no start was seen before it, all that are known. */
    Set<String> releases(Spell spell) {
        Optional<NodeLog.Kernel> running = logs.stream()
                .flatMap(log -> log.kernels().stream())
                .filter(k -> k.at().filter(
                                at -> at.clock() == spell.first().clock() && at.compareTo(spell.first()) <= 0)
                        .isPresent())
                .max(Comparator.comparing(k -> k.at().orElseThrow()));
        Set<String> releases = new LinkedHashSet<>();
        running.ifPresentOrElse(
                k -> releases.add(k.release()),
                () -> logs.forEach(log -> log.kernels().forEach(k -> releases.add(k.release()))));
        return releases;
    }

    /** The signs that were there during a spell, or near it. */
    List<Companion> with(Spell spell) {
        Moment from = new Moment(spell.first().at().minus(LEEWAY), spell.first().clock());
        Moment to = new Moment(spell.last().at().plus(LEEWAY), spell.last().clock());
        List<Companion> companions = new ArrayList<>();
        for (int i = 0; i < bug.signs().size(); i++) {
            int sign = i;
            logs.stream()
                    .flatMap(log -> log.of(bug).signs.get(sign).spans(log.last()).stream())
                    .filter(span -> span.meets(from, to))
                    .sorted(Comparator.comparing(SignTrack.Span::first))
                    .reduce(SignTrack.Span::join)
                    .ifPresent(span -> companions.add(new Companion(
                            bug.signs().get(sign).sign().title(),
                            span.count(),
                            span.first(),
                            span.last(),
                            span.longest(),
                            span.place())));
        }
        return companions;
    }
}
