package org.patchproof.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.patchproof.repro.KnownFaults;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Arm;
import org.patchproof.verdict.StoppingRule;

/** What of a cell's variants is not known yet, and what it takes to know it. */
final class OpenQuestions {
    /** The control's question is answered by one exposure: does it leak. More would only weaken the bound. */
    private static final int CONTROL_EXPOSURES = 1;
    /** So many trials in which we failed are made up for, in each arm. */
    private static final int SPARE_TRIALS = 3;

    private final CellContext context;
    private final VariantLedger control;
    private final List<VariantLedger> variants;
    private final StoppingRule rule;
    private final JudgeStage judge;

    /** @param variants all that are tried here, {@code control} among them unless it is tried elsewhere */
    OpenQuestions(CellContext context, VariantLedger control, List<VariantLedger> variants) {
        this.context = context;
        this.control = control;
        this.variants = variants;
        this.rule = context.request().stopping();
        this.judge = new JudgeStage(context);
    }

    /** Whether another trial of {@code variant} could still change what is known. */
    boolean open(VariantLedger variant) throws IOException {
        if (variant.failure().isPresent() || variant.trouble().isPresent()) {
            return false;
        }
        if (!goesOn(variant)) {
            return false;
        }
        if (variant.lost() <= SPARE_TRIALS) {
            return true;
        }
        // A control that leaked has given its answer: what was lost takes nothing from that.
        if (!MergedVariant.leaked(variant.trials())) {
            Trial last = variant.trials().get(variant.trials().size() - 1);
            variant.inTrouble(
                    "more than " + SPARE_TRIALS + " trials were lost by our own fault, the last by: " + last.detail());
        }
        return false;
    }

    private boolean goesOn(VariantLedger variant) throws IOException {
        if (variant != control) {
            return rule.candidateGoesOn(judge.arm(control, control), judge.arm(control, variant));
        }
        List<Arm> candidates = new ArrayList<>();
        for (VariantLedger other : variants) {
            if (other != control) {
                candidates.add(judge.arm(control, other));
            }
        }
        return rule.controlGoesOn(judge.arm(control, control), candidates);
    }

    /** How many exposures end the provoking of the next trial of {@code variant}. */
    int enough(VariantLedger variant) throws IOException {
        if (variant.isControl()) {
            return CONTROL_EXPOSURES;
        }
        return rule.exposuresWanted(
                judge.arm(control, control),
                judge.arm(control, variant),
                context.bug().reproduction().exposures());
    }

    /** The faults that {@code variant}'s control has shown too, as far as that is known here. */
    KnownFaults knownFaults(VariantLedger variant) {
        if (control.elsewhere()) {
            return variant == control ? KnownFaults.of(Set.of()) : KnownFaults.elsewhere();
        }
        Set<String> titles = new HashSet<>();
        if (variant != control) {
            control.trials().forEach(trial -> titles.addAll(trial.faults()));
        }
        return KnownFaults.of(titles);
    }

    /** Whether the control has yet to show what this kernel does without the fix: its own noise is no news. */
    boolean controlComesFirst() {
        return variants.contains(control)
                && control.trials().isEmpty()
                && control.failure().isEmpty()
                && control.trouble().isEmpty();
    }

    /** How many trials {@code variant} lacks to the fewest that each arm gets. */
    int lacking(VariantLedger variant) {
        long meant = variant.trials().stream()
                .filter(trial -> trial.outcome() != Trial.Outcome.INFRA)
                .count();
        return (int) Math.max(0, rule.least() - meant);
    }
}
