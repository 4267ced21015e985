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

    /** The verdicts of {@code variants}, the control first. */
    List<VariantResult> judge(String kernel, List<VariantLedger> variants) throws IOException, InterruptedException {
        VariantLedger control = variants.get(0);
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
                    kernel,
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

    private Arm arm(VariantLedger control, VariantLedger variant) throws IOException {
        if (variant.failure().isPresent()) {
            List<String> lines = variant.failure().get().lines();
            return switch (variant.failure().get().stage()) {
                case Stages.PATCH -> new Arm.PatchRejected(String.join("\n", lines));
                case Stages.BUILD -> new Arm.BuildFailed(lines);
                case Stages.INSTALL -> new Arm.InstallFailed(lines);
                case Stages.BOOT -> new Arm.BootFailed(lines);
                default -> throw new IllegalStateException("no such stage: " + variant.failure());
            };
        }
        if (variant.trouble().isPresent()) {
            return new Arm.Infrastructure(variant.trouble().get());
        }
        return new Arm.Tried(variant.trials(), CustodyCheck.of(context.bundle(), context.page(), control, variant));
    }
}
