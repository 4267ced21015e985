package org.patchproof.verdict;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchproof.repro.Trial;
import org.patchproof.repro.Trial.Outcome;
import org.patchproof.verdict.Verdict.Word;

/**
 * Trials -> verdict. Pure: the same arms give the same verdict.
 *
 * <p>FIXED is said only if all of this holds: the control of the same cell reproduced in its trials;
 * both chains of custody are whole; the candidate never reproduced and shows no fault that the control
 * does not, nor broke off a guest that does not say why; its clean trials have at least one exposure, and at least as many as the control's
 * reproduced trials together; and the chance to have missed a bug that still shows at the {@linkplain
 * Standard#residual() residual} of the control's rate is at or below 1 - confidence (see {@link
 * Statistics}).
 *
 * <p>INFRA and UNEXERCISED trials count neither for nor against. One exception, which only makes FIXED
 * harder: where the control leaked without an exposure that was seen, or on a console of which something was
 * lost or could not be read, exposures measure nothing, and the chance to leak is taken per trial; then its UNEXERCISED trials count as trials without a leak,
 * as nothing tells them from those that did leak.
 */
public final class Judge {

    private Judge() {}

    /** The verdict on a control: does it show the bug? */
    public static Verdict control(Arm control) {
        return howFar(control).orElseGet(() -> ControlJudge.judge((Arm.Tried) control));
    }

    /**
     * The verdict on a candidate.
     *
     * @param control the control of the same cell
     * @param candidate the candidate
     * @param standard how much evidence FIXED takes
     */
    public static Verdict candidate(Arm control, Arm candidate, Standard standard) {
        return howFar(candidate).orElseGet(() -> tried(control, (Arm.Tried) candidate, standard));
    }

    private static Verdict tried(Arm control, Arm.Tried candidate, Standard standard) {
        Evaluation evaluation = Evaluation.of(Tally.of(control), Tally.of(candidate), standard);
        Finding finding = Finding.firstOf(
                () -> custody("candidate", candidate.custody()),
                () -> stillReproduces(evaluation),
                () -> uncomparable(control),
                () -> regressed(evaluation),
                () -> noControl(evaluation),
                () -> unexplained(candidate),
                () -> notExercised(evaluation),
                () -> tooLittle(evaluation));
        return evaluation.verdict(finding);
    }

    private static Optional<Finding> stillReproduces(Evaluation evaluation) {
        List<Trial> leaking = evaluation.candidate().with(Outcome.REPRODUCED);
        return leaking.stream().findFirst().map(trial -> {
            boolean observed = trial.exposures() > 0;
            return new Finding(
                    Word.STILL_REPRODUCES,
                    "the symptom appeared in " + leaking.size() + " of "
                            + evaluation.numbers().candidate().counted() + " trials, first in trial "
                            + trial.number() + ": " + trial.detail()
                            + (observed ? "" : " (no exposure was seen before it)"));
        });
    }

    private static Optional<Finding> uncomparable(Arm control) {
        if (control instanceof Arm.Tried tried) {
            return custody("control", tried.custody());
        } else if (control instanceof Arm.Elsewhere) {
            return Optional.of(Finding.inconclusive(
                    "the control is tried elsewhere: pending until its evidence and this are judged together"));
        }
        return howFar(control)
                .map(v -> Finding.inconclusive("the control was not tried (" + v.word() + ": " + v.reason() + ")"));
    }

    private static Optional<Finding> regressed(Evaluation evaluation) {
        Tally control = evaluation.control();
        Set<String> known = control.faults();
        List<Trial> faulty = evaluation.candidate().withFaultsBeyond(known);
        return faulty.stream().findFirst().map(trial -> {
            String fault = trial.faults().stream()
                    .filter(f -> !known.contains(f))
                    .findFirst()
                    .orElseThrow();
            boolean comparable = control.trials().stream().anyMatch(t -> t.outcome() != Outcome.INFRA);
            return comparable
                    ? new Finding(
                            Word.REGRESSED,
                            "trial " + trial.number() + " shows a fault that the control does not: " + fault)
                    : Finding.inconclusive("trial " + trial.number() + " shows a fault (" + fault
                            + "), but no trial of the control ran to compare it with");
        });
    }

    private static Optional<Finding> noControl(Evaluation evaluation) {
        return evaluation.control().has(Outcome.REPRODUCED)
                ? Optional.empty()
                : Optional.of(Finding.inconclusive("the control did not reproduce the bug ("
                        + ControlJudge.why(evaluation.control())
                        + "), so its absence in the candidate says nothing"));
    }

    private static Optional<Finding> unexplained(Arm.Tried candidate) {
        return candidate.unexplained().isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.inconclusive("the patch may have killed a guest that broke off: "
                        + String.join("; ", candidate.unexplained())));
    }

    private static Optional<Finding> notExercised(Evaluation evaluation) {
        return evaluation.candidate().has(Outcome.CLEAN)
                ? Optional.empty()
                : Optional.of(Finding.inconclusive(
                                "no trial of the candidate counts: " + ControlJudge.why(evaluation.candidate()))
                        .with(evaluation.howManyMore()));
    }

    private static Optional<Finding> tooLittle(Evaluation evaluation) {
        return evaluation
                .howManyMore()
                .map(more -> Finding.inconclusive("too little was tried: " + more.words())
                        .with(Optional.of(more)));
    }

    private static Optional<Finding> custody(String arm, Custody custody) {
        return custody.whole()
                ? Optional.empty()
                : Optional.of(Finding.inconclusive(
                        "the " + arm + "'s chain of custody is not whole: " + String.join("; ", custody.missing())));
    }

    /** A verdict on an arm that never came to trials. */
    private static Optional<Verdict> howFar(Arm arm) {
        if (arm instanceof Arm.PatchRejected rejected) {
            return Optional.of(plain(Word.PATCH_REJECTED, rejected.reason()));
        } else if (arm instanceof Arm.BuildFailed failed) {
            return Optional.of(plain(Word.BUILD_FAILED, first(failed.lines(), "the build failed and said nothing")));
        } else if (arm instanceof Arm.InstallFailed failed) {
            return Optional.of(
                    plain(Word.INSTALL_FAILED, first(failed.lines(), "the package did not install and said nothing")));
        } else if (arm instanceof Arm.BootFailed failed) {
            return Optional.of(
                    plain(Word.BOOT_FAILED, first(failed.lines(), "the kernel did not boot and said nothing")));
        } else if (arm instanceof Arm.Infrastructure failed) {
            return Optional.of(plain(Word.INCONCLUSIVE, "infrastructure: " + failed.reason()));
        } else if (arm instanceof Arm.Elsewhere) {
            return Optional.of(plain(Word.INCONCLUSIVE, "it is tried elsewhere"));
        }
        return Optional.empty();
    }

    private static String first(List<String> lines, String otherwise) {
        return lines.stream().filter(line -> !line.isBlank()).findFirst().orElse(otherwise);
    }

    private static Verdict plain(Word word, String reason) {
        return new Verdict(word, reason, Numbers.NONE, word + ": " + reason + ".", Optional.empty());
    }
}
