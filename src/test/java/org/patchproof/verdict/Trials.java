package org.patchproof.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.repro.Trial;
import org.patchproof.repro.Trial.Outcome;

/** Arms for tests, one trial after the other. */
final class Trials {
    private final List<Trial> trials = new ArrayList<>();

    static Trials none() {
        return new Trials();
    }

    Trials leaks(int exposures) {
        return add(Outcome.REPRODUCED, exposures, "waiting for cli-veth to become free (console.log:280)");
    }

    /** A leak on a console of which something could not be read, or was lost. */
    Trials leaksDimly(int exposures, int unreadable, boolean damaged) {
        return add(Outcome.REPRODUCED, exposures, unreadable, damaged, "waiting for cli-veth to become free");
    }

    Trials clean(int exposures, String... faults) {
        return add(Outcome.CLEAN, exposures, exposures + " exposures and no symptom", faults);
    }

    Trials unexercised() {
        return add(Outcome.UNEXERCISED, 0, "the race window was never seen to be passed through");
    }

    Trials fault(String... faults) {
        return add(Outcome.FAULT, 0, faults[0], faults);
    }

    Trials infra() {
        return add(Outcome.INFRA, 0, "the disk was full");
    }

    Arm.Tried arm() {
        return new Arm.Tried(trials, Custody.complete());
    }

    /** With trials in which the guest broke off. */
    Arm.Tried armThatBrokeOff(String... unexplained) {
        return new Arm.Tried(trials, Custody.complete(), List.of(unexplained));
    }

    Arm.Tried armWithout(String... links) {
        return new Arm.Tried(trials, new Custody(List.of(links)));
    }

    private Trials add(Outcome outcome, int exposures, String detail, String... faults) {
        return add(outcome, exposures, 0, false, detail, faults);
    }

    private Trials add(
            Outcome outcome, int exposures, int unreadable, boolean damaged, String detail, String... faults) {
        trials.add(new Trial(
                trials.size() + 1,
                outcome,
                exposures,
                unreadable,
                damaged,
                List.of(faults),
                detail,
                Duration.ofSeconds(60),
                Optional.empty(),
                "console.log",
                Optional.empty(),
                List.of()));
        return this;
    }
}
