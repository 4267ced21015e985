package org.patchproof.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.verdict.Arm;
import org.patchproof.verdict.Judge;
import org.patchproof.verdict.Verdict;

/** Turns what is in the ledger into verdicts. Decides nothing by itself: {@link Judge} does. */
final class JudgeStage {
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
                            done -> done.label());
            variant.judged(verdict);
            results.add(new VariantResult(
                    context.kernel(),
                    variant.name(),
                    variant.spec().role(),
                    verdict,
                    variant.trials(),
                    variant.build().map(RunRecord.Build::took).orElse(Duration.ZERO),
                    variant.trouble()));
            context.ledger().save();
        }
        return results;
    }

    /** What {@code variant}'s evidence says now. */
    Verdict verdict(VariantLedger control, VariantLedger variant) throws IOException {
        Verdict verdict = variant == control
                ? Judge.control(arm(control, control))
                : Judge.candidate(
                        arm(control, control),
                        arm(control, variant),
                        context.request().stopping().standard());
        return verdict.in(context.request().lane());
    }

    /** What is known of {@code variant} now. */
    Arm arm(VariantLedger control, VariantLedger variant) throws IOException {
        if (variant.elsewhere()) {
            return new Arm.Elsewhere();
        }
        if (variant.failure().isPresent()) {
            return MergedVariant.failed(variant.failure().get());
        }
        if (variant.trouble().isPresent() && !MergedVariant.leaked(variant.trials())) {
            return new Arm.Infrastructure(variant.trouble().get());
        }
        return new Arm.Tried(
                variant.trials(),
                CustodyCheck.of(
                        context.bundle(),
                        context.page(),
                        control,
                        variant,
                        context.request().lane()),
                variant.trialRecords().stream()
                        .flatMap(record -> record.unexplained().stream())
                        .toList());
    }
}
