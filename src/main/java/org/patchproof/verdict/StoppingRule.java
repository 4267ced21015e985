package org.patchproof.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.patchproof.repro.Trial;
import org.patchproof.repro.Trial.Outcome;
import org.patchproof.verdict.Verdict.Word;

/**
 * When enough was tried. Pure, so that a simulation can show how often the whole procedure, judge and
 * stopping together, calls a patch FIXED that is not.
 *
 * @param standard how much evidence FIXED takes
 * @param least trials of each arm, at least 1
 * @param most trials of each arm; INFRA ones, which are repeated, not counted
 */
public record StoppingRule(Standard standard, int least, int most) {
    /** A real control showed its leak with 5 exposures in 3 trials. */
    private static final int PRESUMED_EXPOSURES = 2;

    public StoppingRule {
        if (least < 1 || most < least) {
            throw new IllegalArgumentException("no bounds for a number of trials: " + least + " to " + most);
        }
    }

    /**
     * Whether another trial of the control can still change what is known: while its own question is
     * open, and while a candidate needs more. Each further leak raises the rate that is known of it, so
     * that a candidate has to show less; and a busy host hits both arms alike.
     */
    public boolean controlGoesOn(Arm control, List<Arm> candidates) {
        if (full(control)) {
            return false;
        }
        Word word = Judge.control(control).word();
        boolean open = word == Word.INCONCLUSIVE || word == Word.NOT_REPRODUCED;
        return meant(control) < least || open || candidates.stream().anyMatch(c -> needsMore(control, c));
    }

    /** Whether another trial of the candidate can still change what is known. */
    public boolean candidateGoesOn(Arm control, Arm candidate) {
        if (full(candidate)) {
            return false;
        }
        Word word = Judge.candidate(control, candidate, standard).word();
        if (word == Word.STILL_REPRODUCES || word == Word.REGRESSED) {
            return false;
        }
        if (meant(candidate) < least) {
            return true;
        }
        if (candidate instanceof Arm.Tried tried && !tried.unexplained().isEmpty()) {
            return false; // FIXED is out of reach
        }
        if (control instanceof Arm.Elsewhere) {
            return Judge.candidate(presumed(candidate), candidate, standard).word() == Word.INCONCLUSIVE;
        }
        // Without a control that shows the bug, more of the candidate is worth nothing.
        boolean hopeless = full(control) && Judge.control(control).word() != Word.REPRODUCED;
        return word == Word.INCONCLUSIVE && !hopeless;
    }

    /**
     * How many exposures the candidate's next trial should have.
     *
     * @param mostOfATrial what one trial may have, at least 1
     */
    public int exposuresWanted(Arm control, Arm candidate, int mostOfATrial) {
        Arm known = control instanceof Arm.Elsewhere ? presumed(candidate) : control;
        return Judge.candidate(known, candidate, standard)
                .howManyMore()
                .filter(more -> more.exposures().isPresent())
                .map(more -> Math.max(1, Math.min(mostOfATrial, more.exposures().getAsInt())))
                .orElse(mostOfATrial);
    }

    /**
     * What a control that is tried elsewhere is taken to show, as far as stopping goes: the bug in each
     * of the fewest trials, with its second exposure; and the faults that the candidate survived, which say nothing
     * until the control's are known.
     */
    private Arm presumed(Arm candidate) {
        List<String> faults = Tally.of(candidate).trials().stream()
                .filter(trial -> trial.outcome() != Outcome.FAULT)
                .flatMap(trial -> trial.faults().stream())
                .distinct()
                .toList();
        List<Trial> trials = IntStream.rangeClosed(1, least)
                .mapToObj(number -> new Trial(
                        number,
                        Outcome.REPRODUCED,
                        PRESUMED_EXPOSURES,
                        0,
                        false,
                        faults,
                        "presumed",
                        Duration.ZERO,
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        List.of()))
                .toList();
        return new Arm.Tried(trials, Custody.complete());
    }

    private boolean needsMore(Arm control, Arm candidate) {
        return candidate instanceof Arm.Tried
                && candidateGoesOn(control, candidate)
                && Judge.candidate(control, candidate, standard).word() == Word.INCONCLUSIVE;
    }

    private boolean full(Arm arm) {
        return !(arm instanceof Arm.Tried) || meant(arm) >= most;
    }

    /** INFRA trials say nothing and are made up for. */
    private static long meant(Arm arm) {
        return Tally.of(arm).trials().stream()
                .filter(trial -> trial.outcome() != Outcome.INFRA)
                .count();
    }
}
