package org.patchproof.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Arm;
import org.patchproof.verdict.Custody;
import org.patchproof.verdict.Judge;
import org.patchproof.verdict.Verdict;

/** Turns what is in the ledger into verdicts. Decides nothing by itself: {@link Judge} does. */
final class JudgeStage {
    /** A real control of the netdev leak showed it with 5 exposures in 3 trials. */
    private static final int PRESUMED_EXPOSURES = 2;

    private final CellContext context;

    JudgeStage(CellContext context) {
        this.context = context;
    }

    /** The verdicts of {@code variants}; {@code control} is theirs, and among them unless it is tried elsewhere. */
    List<VariantResult> judge(VariantLedger control, List<VariantLedger> variants)
            throws IOException, InterruptedException {
        List<VariantResult> results = new ArrayList<>();
        for (VariantLedger variant : variants) {
            Verdict verdict = context.steps()
                    .run(
                            variant.name(),
                            Step.JUDGE,
                            "",
                            CellRun.unknown(),
                            progress -> verdict(control, variant),
                            done -> done.word().name());
            variant.judged(verdict);
            results.add(new VariantResult(
                    context.kernel(),
                    variant.name(),
                    variant.spec().role(),
                    verdict,
                    variant.trials(),
                    variant.build()
                            .map(build -> build.prepare().plus(build.compile()))
                            .orElse(Duration.ZERO),
                    variant.trouble()));
            context.ledger().save();
        }
        return results;
    }

    /** What {@code variant}'s evidence says now. */
    Verdict verdict(VariantLedger control, VariantLedger variant) throws IOException {
        Arm controlArm = arm(control, control);
        return variant == control
                ? Judge.control(controlArm)
                : Judge.candidate(
                        controlArm, arm(control, variant), context.request().confidence());
    }

    /**
     * Whether {@code variant}, whose control is tried elsewhere, was tried enough as far as can be known
     * here: it would be FIXED against a control that shows the bug in each of as many trials as were
     * asked for, with its second exposure.
     */
    boolean enoughAlone(VariantLedger control, VariantLedger variant) throws IOException {
        List<Trial> presumed = new ArrayList<>();
        for (int i = 1; i <= context.request().trials(); i++) {
            presumed.add(new Trial(
                    i,
                    Trial.Outcome.REPRODUCED,
                    PRESUMED_EXPOSURES,
                    0,
                    List.of(),
                    "presumed",
                    Duration.ZERO,
                    Optional.empty(),
                    "",
                    Optional.empty(),
                    List.of()));
        }
        return Judge.candidate(
                                new Arm.Tried(presumed, Custody.complete()),
                                arm(control, variant),
                                context.request().confidence())
                        .word()
                == Verdict.Word.FIXED;
    }

    private Arm arm(VariantLedger control, VariantLedger variant) throws IOException {
        if (variant.elsewhere()) {
            return new Arm.Elsewhere();
        }
        if (variant.failure().isPresent()) {
            return MergedVariant.failed(variant.failure().get());
        }
        if (variant.trouble().isPresent()) {
            return new Arm.Infrastructure(variant.trouble().get());
        }
        return new Arm.Tried(variant.trials(), CustodyCheck.of(context.bundle(), context.page(), control, variant));
    }
}
