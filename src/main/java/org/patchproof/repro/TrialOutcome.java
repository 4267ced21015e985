package org.patchproof.repro;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.patchproof.console.Damage;
import org.patchproof.console.Event;
import org.patchproof.console.Evidence;
import org.patchproof.console.Exposure;
import org.patchproof.console.Fault;
import org.patchproof.console.Mark;
import org.patchproof.console.Unreadable;
import org.patchproof.repro.Trial.Outcome;

/**
 * What the console of one trial says about it. Only what stands below the mark {@code begin} counts:
 * the boot before it is not the reproduction. Faults count from the first line on.
 *
 * @param outcome how the trial ended
 * @param detail one sentence that says why
 * @param exposures exposures since {@code begin}
 * @param unreadable race events since {@code begin} that could not be paired
 * @param damaged whether the console is less than the truth since {@code begin}
 * @param faults titles of all faults, each once
 * @param firstExposure kernel time from {@code begin} to the first exposure
 * @param symptomAt {@code console.log:123}
 * @param timeline what stands where in the console
 */
public record TrialOutcome(
        Outcome outcome,
        String detail,
        int exposures,
        int unreadable,
        boolean damaged,
        List<String> faults,
        Optional<Duration> firstExposure,
        Optional<String> symptomAt,
        List<Moment> timeline) {

    /** The mark of an end script that waited for a device in vain. */
    private static final String DEVICE_STUCK = "device-stuck";

    private static final String STUCK_SILENTLY = "a device did not go, and the kernel said nothing of it";

    public TrialOutcome {
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(detail);
        faults = List.copyOf(faults);
        Objects.requireNonNull(firstExposure);
        Objects.requireNonNull(symptomAt);
        timeline = List.copyOf(timeline);
    }

    /**
     * The outcome, by the first of these that holds: the symptom appeared, and the devices stayed; a fault
     * that the control does not show; the symptom appeared, and the devices went after all; the reproduction
     * did not begin; the console is damaged or names no objects; the
     * window was never passed; the reproduction did not end, or its devices did not all go away; clean.
     *
     * @param evidence the whole console of the trial
     * @param controlFaults titles of the faults that the control of the same cell shows; empty for a
     *     control
     * @param console the console log's file, for {@code symptomAt}
     */
    public static TrialOutcome decide(Evidence evidence, Set<String> controlFaults, String console) {
        Optional<Mark> begin = evidence.mark(Mark.BEGIN);
        Set<String> faults = new LinkedHashSet<>();
        evidence.faults().forEach(fault -> faults.add(fault.title()));
        Window window = new Window(evidence, begin.map(Mark::line).orElse(Long.MAX_VALUE));
        Optional<Event> symptom = window.symptom();
        Ruling ruling = rule(window, begin, symptom, newFaults(evidence, controlFaults), console);
        return new TrialOutcome(
                ruling.outcome(),
                ruling.detail(),
                window.exposures().size(),
                window.unreadable().size(),
                window.damage().isPresent(),
                new ArrayList<>(faults),
                begin.flatMap(Mark::stamp).flatMap(window::firstExposure),
                symptomLine(ruling, window, symptom).map(line -> console + ":" + line),
                Timeline.of(evidence));
    }

    private static Optional<Long> symptomLine(Ruling ruling, Window window, Optional<Event> symptom) {
        return symptom.map(Event::line)
                .or(() -> ruling.outcome() == Outcome.REPRODUCED ? window.stuck() : Optional.empty());
    }

    /** The trial with this outcome. */
    public Trial asTrial(int number, Duration elapsed, String console) {
        return new Trial(
                number,
                outcome,
                exposures,
                unreadable,
                damaged,
                faults,
                detail,
                elapsed,
                firstExposure,
                console,
                symptomAt,
                timeline);
    }

    private record Ruling(Outcome outcome, String detail) {}

    /** What the console says below one line. */
    private record Window(Evidence evidence, long from) {
        Optional<Event> symptom() {
            return evidence.symptomAfter(from);
        }

        List<Exposure> exposures() {
            return evidence.exposuresAfter(from);
        }

        List<Unreadable> unreadable() {
            return evidence.unreadable().stream().filter(u -> u.line() > from).toList();
        }

        Optional<Damage> damage() {
            return evidence.damage().stream().filter(d -> d.line() > from).findFirst();
        }

        /** The line at which the end script gave up waiting for a device. */
        Optional<Long> stuck() {
            return mark(DEVICE_STUCK, from);
        }

        /** The line of the first such mark below {@code line}. */
        Optional<Long> mark(String word, long line) {
            return evidence.marks().stream()
                    .filter(m -> m.line() > line && m.word().equals(word))
                    .map(Mark::line)
                    .findFirst();
        }

        Optional<Duration> firstExposure(Duration begin) {
            return exposures().stream()
                    .findFirst()
                    .flatMap(Exposure::passedStamp)
                    .map(stamp -> stamp.minus(begin))
                    .filter(time -> !time.isNegative());
        }
    }

    private static Ruling rule(
            Window window, Optional<Mark> begin, Optional<Event> symptom, List<Fault> newFaults, String console) {
        boolean late = symptom.isPresent()
                && window.mark(Mark.DEVICES_GONE, symptom.get().line()).isPresent();
        if (symptom.isPresent() && !late) {
            return new Ruling(Outcome.REPRODUCED, reproduced(symptom.get(), window, console));
        }
        if (!newFaults.isEmpty()) {
            Fault first = newFaults.get(0);
            return new Ruling(Outcome.FAULT, first.title() + " (" + console + ":" + first.line() + ")");
        }
        if (late) {
            return infra("the message came (" + console + ":" + symptom.get().line()
                    + "), and then every device went after all: a late release on a slow host is no leak");
        }
        if (begin.isEmpty()) {
            return infra("the guest never said 'patchproof: begin': the reproduction did not start");
        }
        Optional<Long> stuck = window.stuck();
        if (stuck.isPresent()) {
            // The message is a symptom of the bug; that the device stays is the bug.
            String detail = STUCK_SILENTLY + " (" + console + ":" + stuck.get() + ")";
            return window.exposures().isEmpty()
                    ? infra(detail + "; without an exposure something else may hold it")
                    : new Ruling(Outcome.REPRODUCED, detail);
        }
        if (window.damage().isPresent()) {
            Damage damage = window.damage().get();
            return new Ruling(
                    Outcome.UNEXERCISED,
                    "the console is damaged (" + console + ":" + damage.line() + ": " + damage.text()
                            + "), so the absence of the symptom says nothing");
        }
        return exercised(window, console);
    }

    private static Ruling exercised(Window window, String console) {
        int exposures = window.exposures().size();
        if (exposures == 0 && !window.unreadable().isEmpty()) {
            return new Ruling(
                    Outcome.UNEXERCISED,
                    "no exposure could be read: " + window.unreadable().get(0).reason());
        }
        if (exposures == 0) {
            return new Ruling(Outcome.UNEXERCISED, "the race window was never seen to be passed through");
        }
        Optional<Long> teardown = window.mark(Mark.TEARDOWN_DONE, window.from());
        if (teardown.isEmpty()) {
            return infra("the guest never said 'patchproof: teardown-done': the reproduction did not end");
        }
        if (window.mark(Mark.DEVICES_GONE, teardown.get()).isEmpty()) {
            return infra("neither the symptom nor 'patchproof: devices-gone' when watching ended:"
                    + " something else holds the devices, or the script failed; see " + console);
        }
        return new Ruling(Outcome.CLEAN, exposures + (exposures == 1 ? " exposure" : " exposures") + " and no symptom");
    }

    private static String reproduced(Event symptom, Window window, String console) {
        String where = symptom.text() + " (" + console + ":" + symptom.line() + ")";
        boolean observed = window.exposures().stream().anyMatch(e -> e.passedLine() < symptom.line());
        if (observed) {
            return where;
        }
        return where + ", but not by an observed exposure"
                + (!window.unreadable().isEmpty() ? ": the race events on the console could not be told apart" : "");
    }

    private static Ruling infra(String why) {
        return new Ruling(Outcome.INFRA, why);
    }

    private static List<Fault> newFaults(Evidence evidence, Set<String> controlFaults) {
        return evidence.faults().stream()
                .filter(fault -> !controlFaults.contains(fault.title()))
                .toList();
    }
}
