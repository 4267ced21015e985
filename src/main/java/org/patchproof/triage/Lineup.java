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
        tracks.forEach((subject, list) -> merged.put(subject, withoutTwins(SpellTrack.merge(list))));
        return merged;
    }

    /** Of what lasts, and is there by the clock of the day and by the kernel's, only the former: it knows of more. */
    private List<Spell> withoutTwins(List<Spell> spells) {
        return spells.stream()
                .filter(spell -> spell.length().compareTo(bug.spec().lasting()) < 0
                        || spells.stream().noneMatch(other -> spell.isTwinOf(other, bug.gap())))
                .toList();
    }

    /** Whether there were more subjects than are kept. */
    boolean full() {
        return logs.stream().anyMatch(log -> log.of(bug).full);
    }

    /** The spells of a subject that are not kept, by a clock. */
    SpellTrack.Counted counted(String subject, Moment.Clock clock) {
        return logs.stream()
                .flatMap(log -> Optional.ofNullable(log.of(bug).subjects.get(subject)).stream())
                .filter(track -> track.clock() == clock)
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
                .filter(first -> spell.first().since(first).compareTo(spell.gap(bug.gap())) <= 0)
                .isPresent();
    }

    private static boolean isBoot(Moment first) {
        return first.clock() == Moment.Clock.BOOT && first.uptime().compareTo(START) < 0;
    }

    /** How a spell of a subject ended. */
    End end(String subject, Spell spell) {
        if (logs.stream().anyMatch(log -> endsInStart(log, spell))) {
            return End.REBOOT;
        }
        // A log that ends earlier, or is of something else, says nothing of how it went on.
        boolean silent = logs.stream()
                .filter(log -> log.of(bug).subjects.containsKey(subject))
                .anyMatch(log -> log.latest(spell.last().clock())
                        .filter(latest -> latest.since(spell.last()).compareTo(spell.gap(bug.gap())) > 0)
                        .isPresent());
        return silent ? End.STOPPED : End.LOG_ENDS;
    }

    /** Whether the next start of the kernel came before the silence was long enough to tell of anything. */
    private boolean endsInStart(NodeLog log, Spell spell) {
        return log.starts().stream()
                .filter(start -> sameClock(start, spell) && start.at().compareTo(spell.last()) > 0)
                .findFirst()
                .filter(start -> start.lived()
                        .filter(lived -> lived.clock() == spell.last().clock())
                        .filter(lived -> lived.since(spell.last()).compareTo(spell.gap(bug.gap())) > 0)
                        .isEmpty())
                .isPresent();
    }

    private static boolean sameClock(Starts.Start start, Spell spell) {
        return start.at().clock() == spell.last().clock();
    }

    /**
     * The releases of the kernels that may have run during a spell: of the last start before it, where one was seen,
     * else all that did not start after it. None where that start does not say.
     */
    Set<String> releases(Spell spell) {
        List<Starts.Start> starts =
                logs.stream().flatMap(log -> log.starts().stream()).toList();
        Optional<Starts.Start> running = starts.stream()
                .filter(start -> sameClock(start, spell) && start.at().compareTo(spell.first()) <= 0)
                .max(Comparator.comparing(Starts.Start::at));
        Set<String> releases = new LinkedHashSet<>();
        if (running.isPresent() && running.get().release().isPresent()) {
            return Set.of(running.get().release().get());
        }
        if (running.isEmpty()) {
            starts.stream()
                    .filter(start -> !sameClock(start, spell) || start.at().compareTo(spell.last()) <= 0)
                    .forEach(start -> start.release().ifPresent(releases::add));
        }
        logs.forEach(log -> releases.addAll(log.kernels()));
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
