package org.patchproof.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.pipeline.InstallStage.Installed;
import org.patchproof.plan.Reproduction;
import org.patchproof.repro.GuestSetup;
import org.patchproof.repro.TrialPlan;
import org.patchproof.vm.GuestImage;
import org.patchproof.vm.Lab;

/**
 * Installs every built variant in the guest, then runs trials in rounds, one of each arm a round,
 * so that a busy host hits both arms alike, until each verdict is settled or a bound is reached. While
 * variants are still being built, those that are ready go through the first round. Where the host has room for
 * several guests, the trials of a round run side by side.
 */
final class TrialStage {
    private final CellContext context;
    private final InstallStage installs;
    private final TrialStep step;
    private final int guests;
    private final TrialTime time;

    TrialStage(CellContext context, HostFacts host, GuestImage guest) {
        this.context = context;
        Lab lab = new Lab(context.runner());
        Reproduction reproduction = context.bug().reproduction();
        GuestSetup setup = new GuestSetup(
                guest,
                host.choice().acceleration(),
                reproduction.cpus(),
                reproduction.memoryBytes(),
                reproduction.kernelArguments());
        TrialPlan plan = new TrialPlan(
                reproduction.begin(),
                reproduction.end(),
                reproduction.environment(),
                reproduction.limits(),
                BugPatterns.of(context.bug()));
        this.installs = new InstallStage(context, lab, setup, plan);
        this.step = new TrialStep(context);
        this.guests = host.room()
                .guests(
                        reproduction.cpus(),
                        reproduction.memoryBytes(),
                        context.request().jobs());
        this.time = new TrialTime(context.request().maxTime(), System::nanoTime);
    }

    /**
     * Runs the trials of {@code variants}, which {@code builds} builds in this order; {@code control} is
     * first among them unless it is tried elsewhere.
     */
    void run(VariantLedger control, List<VariantLedger> variants, BuildQueue builds)
            throws IOException, InterruptedException {
        OpenQuestions questions = new OpenQuestions(context, control, variants);
        List<Installed> arms = new ArrayList<>();
        for (VariantLedger variant : variants) {
            builds.await(variant);
            if (variant.build().isPresent() && questions.open(variant)) {
                Optional<Installed> arm = installs.install(variant);
                arm.ifPresent(arms::add);
                if (arm.isPresent() && builds.busy() && !time.over()) {
                    together(arms.subList(arms.size() - 1, arms.size()), questions);
                }
            }
        }
        if (guests > 1 && !arms.isEmpty()) {
            context.steps().note("up to " + guests + " guests at once: this host has room for them");
        }
        while (!time.over()) {
            List<Installed> round = TrialRound.of(arms, questions, guests);
            if (round.isEmpty()) {
                return;
            }
            for (int from = 0; from < round.size() && !time.over(); from += guests) {
                together(round.subList(from, Math.min(round.size(), from + guests)), questions);
            }
        }
    }

    /** One trial for each time that an arm is in {@code turns}, at once; none of those whose question is settled. */
    private void together(List<Installed> turns, OpenQuestions questions) throws IOException, InterruptedException {
        List<Installed> open = new ArrayList<>();
        for (Installed arm : turns) {
            if (questions.open(arm.variant())) {
                open.add(arm);
            }
        }
        List<AtOnce.Work> works = new ArrayList<>();
        for (Installed arm : open) {
            time.trial();
            TrialStep.Turn turn = new TrialStep.Turn(
                    arm.variant().takeNumber(),
                    questions.enough(arm.variant()),
                    questions.knownFaults(arm.variant()),
                    open.size());
            works.add(() -> step.run(arm, turn));
        }
        AtOnce.run(works);
    }
}
