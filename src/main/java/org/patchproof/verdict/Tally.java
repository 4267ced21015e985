package org.patchproof.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.patchproof.repro.Trial;
import org.patchproof.repro.Trial.Outcome;
import org.patchproof.verdict.Numbers.Count;
import org.patchproof.verdict.Numbers.LeftOut;
import org.patchproof.verdict.Statistics.Observed;

/** The trials of one arm, counted. */
record Tally(List<Trial> trials) {

    Tally {
        trials = List.copyOf(trials);
    }

    /** The trials of an arm; none unless it was tried. */
    static Tally of(Arm arm) {
        return new Tally(arm instanceof Arm.Tried tried ? tried.trials() : List.of());
    }

    List<Trial> with(Outcome outcome) {
        return trials.stream().filter(t -> t.outcome() == outcome).toList();
    }

    boolean has(Outcome outcome) {
        return !with(outcome).isEmpty();
    }

    /** Exposures in the trials with this outcome. */
    int exposures(Outcome outcome) {
        return (int) Math.min(
                Integer.MAX_VALUE,
                with(outcome).stream().mapToLong(Trial::exposures).sum());
    }

    Count count() {
        int reproduced = with(Outcome.REPRODUCED).size();
        return new Count(
                reproduced,
                reproduced + with(Outcome.CLEAN).size(),
                (int) Math.min(Integer.MAX_VALUE, (long) exposures(Outcome.REPRODUCED) + exposures(Outcome.CLEAN)),
                trials.size());
    }

    /** Titles of all faults in trials that were not our own failure. */
    Set<String> faults() {
        Set<String> faults = new TreeSet<>();
        ours().forEach(trial -> faults.addAll(trial.faults()));
        return faults;
    }

    /** Trials with a fault that is not among {@code known}. */
    List<Trial> withFaultsBeyond(Set<String> known) {
        return ours().filter(t -> !known.containsAll(t.faults())).toList();
    }

    /** Whether all trials that reproduced did so with an exposure that was seen, and all of theirs were. */
    boolean leaksWereObserved() {
        return with(Outcome.REPRODUCED).stream().allMatch(t -> t.exposures() > 0 && t.countedWhole());
    }

    /** The exercised trials that reproduced or stayed clean. */
    List<Observed> observed() {
        List<Observed> observed = new ArrayList<>();
        for (Trial trial : trials) {
            if (trial.exposures() > 0 && trial.outcome() == Outcome.REPRODUCED) {
                observed.add(new Observed(trial.exposures(), Observed.Result.LEAKED));
            } else if (trial.outcome() == Outcome.CLEAN) {
                observed.add(new Observed(trial.exposures(), Observed.Result.CLEAN));
            }
        }
        return observed;
    }

    /** The trials that count neither for nor against. */
    List<LeftOut> leftOut(String arm) {
        return trials.stream()
                .filter(t -> t.outcome() != Outcome.REPRODUCED && t.outcome() != Outcome.CLEAN)
                .map(t -> new LeftOut(arm, t.number(), t.outcome(), t.detail()))
                .toList();
    }

    private Stream<Trial> ours() {
        return trials.stream().filter(t -> t.outcome() != Outcome.INFRA);
    }
}
