package org.patchproof.console;

import java.util.List;
import java.util.Optional;

/**
 * All that a console says about one bug.
 *
 * @param timeline the events, in the order of the console; at most {@link #EVENT_LIMIT}
 * @param exposures passes through the race window, in the order of their first pass
 * @param unreadable events that could not be paired; at most {@link #EVENT_LIMIT}
 * @param faults complaints of the kernel, in order
 * @param marks lines of our guest scripts, in order
 * @param damage where the console is less than the truth, in order
 * @param lines number of lines read
 * @param bytes number of bytes read
 */
public record Evidence(
        List<Event> timeline,
        List<Exposure> exposures,
        List<Unreadable> unreadable,
        List<Fault> faults,
        List<Mark> marks,
        List<Damage> damage,
        long lines,
        long bytes) {

    /** More events than any trial of a night has, few enough to be held in memory. */
    public static final int EVENT_LIMIT = 200_000;

    public Evidence {
        timeline = List.copyOf(timeline);
        exposures = List.copyOf(exposures);
        unreadable = List.copyOf(unreadable);
        faults = List.copyOf(faults);
        marks = List.copyOf(marks);
        damage = List.copyOf(damage);
    }

    /** What an empty console says. */
    public static Evidence none() {
        return new Evidence(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0, 0);
    }

    /** The first line at which the bug showed itself. */
    public Optional<Event> symptom() {
        return symptomAfter(0);
    }

    /** The first symptom below console line {@code line}. */
    public Optional<Event> symptomAfter(long line) {
        return timeline.stream()
                .filter(e -> e.kind() == Event.Kind.SYMPTOM && e.line() > line)
                .findFirst();
    }

    /** The first mark with this word. */
    public Optional<Mark> mark(String word) {
        return marks.stream().filter(m -> m.word().equals(word)).findFirst();
    }

    /** The exposures that lie wholly below console line {@code line}. */
    public List<Exposure> exposuresAfter(long line) {
        return exposures.stream().filter(e -> e.invalidatedLine() > line).toList();
    }

    /** The faults after which the kernel is dead. */
    public List<Fault> fatal() {
        return faults.stream().filter(f -> f.severity() == Fault.Severity.FATAL).toList();
    }
}
