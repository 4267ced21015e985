package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.patchproof.files.Trees;
import org.patchproof.pipeline.RunRecord.Build;
import org.patchproof.pipeline.RunRecord.TrialRecord;
import org.patchproof.plan.Reproduction;
import org.patchproof.process.CommandException;
import org.patchproof.repro.GuestSetup;
import org.patchproof.repro.InstallOutcome;
import org.patchproof.repro.Installer;
import org.patchproof.repro.KernelUnderTest;
import org.patchproof.repro.Trial;
import org.patchproof.repro.TrialEnd;
import org.patchproof.repro.TrialPlan;
import org.patchproof.repro.TrialRunner;
import org.patchproof.verdict.Arm;
import org.patchproof.verdict.StoppingRule;
import org.patchproof.vm.Boot;
import org.patchproof.vm.GuestImage;
import org.patchproof.vm.Lab;

/**
 * Installs every built variant in the guest, then runs trials in rounds, one of each arm a round,
 * so that a busy host hits both arms alike, until each verdict is settled or a bound is reached. While
 * variants are still being built, those that are ready go through the first round.
 */
final class TrialStage {
    /** The control's question is answered by one exposure: does it leak. More would only weaken the bound. */
    private static final int CONTROL_EXPOSURES = 1;
    /** So many trials in which we failed are made up for, in each arm. */
    private static final int SPARE_TRIALS = 3;
    /** So often a silent kernel is started before it is said not to boot. */
    private static final int BOOT_TRIES = 2;

    private final CellContext context;
    private final StoppingRule rule;
    private final Lab lab;
    private final GuestSetup setup;
    private final TrialPlan plan;
    private final Instant deadline;

    TrialStage(CellContext context, HostFacts host, GuestImage guest) {
        this.context = context;
        this.rule = context.request().stopping();
        this.lab = new Lab(context.runner());
        Reproduction reproduction = context.bug().reproduction();
        this.setup = new GuestSetup(
                guest,
                host.choice().acceleration(),
                reproduction.cpus(),
                reproduction.memoryBytes(),
                reproduction.kernelArguments());
        this.plan = new TrialPlan(
                reproduction.begin(),
                reproduction.end(),
                reproduction.environment(),
                reproduction.limits(),
                BugPatterns.of(context.bug()));
        this.deadline = context.request().maxTime().map(Instant.now()::plus).orElse(Instant.MAX);
    }

    /**
     * Runs the trials of {@code variants}, which {@code builds} builds in this order; {@code control} is
     * first among them unless it is tried elsewhere.
     */
    void run(VariantLedger control, List<VariantLedger> variants, BuildQueue builds)
            throws IOException, InterruptedException {
        List<Installed> arms = new ArrayList<>();
        for (VariantLedger variant : variants) {
            builds.await(variant);
            if (variant.build().isPresent() && open(control, variant, variants)) {
                Optional<Installed> arm = install(variant);
                arm.ifPresent(arms::add);
                if (arm.isPresent() && builds.busy() && Instant.now().isBefore(deadline)) {
                    trial(arm.get(), control);
                }
            }
        }
        boolean again = true;
        while (again && Instant.now().isBefore(deadline)) {
            again = false;
            for (Installed arm : arms) {
                if (open(control, arm.variant(), variants)) {
                    trial(arm, control);
                    again = true;
                }
            }
        }
    }

    /** Whether another trial of {@code variant} could still change what is known. */
    private boolean open(VariantLedger control, VariantLedger variant, List<VariantLedger> variants)
            throws IOException {
        if (variant.failure().isPresent() || variant.trouble().isPresent()) {
            return false;
        }
        if (variant.lost() > SPARE_TRIALS) {
            Trial last = variant.trials().get(variant.trials().size() - 1);
            variant.inTrouble(
                    "more than " + SPARE_TRIALS + " trials were lost by our own fault, the last by: " + last.detail());
            return false;
        }
        JudgeStage judge = new JudgeStage(context);
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
    private int enough(VariantLedger control, VariantLedger variant) throws IOException {
        if (variant.isControl()) {
            return CONTROL_EXPOSURES;
        }
        JudgeStage judge = new JudgeStage(context);
        return rule.exposuresWanted(
                judge.arm(control, control),
                judge.arm(control, variant),
                context.bug().reproduction().exposures());
    }

    private Optional<Installed> install(VariantLedger variant) throws IOException, InterruptedException {
        String kernel = context.kernel();
        Build build = variant.build().orElseThrow();
        KernelUnderTest under = new KernelUnderTest(
                build.packages().stream()
                        .map(rpm -> context.bundle().directory().resolve(rpm.file()))
                        .toList(),
                build.nevra(),
                build.release(),
                build.image(),
                build.imageSha256(),
                build.buildId());
        Path console = context.bundle().variant(kernel, variant.name()).resolve("install-console.log");
        Path work = context.bundle().work().resolve(kernel).resolve(variant.name());
        if (build.direct()) {
            Path image = context.bundle().directory().resolve(build.image());
            InstallOutcome.Installed direct = new InstallOutcome.Installed(
                    setup.image().disk(),
                    new Boot.Kernel(image, Optional.empty(), setup.kernelArguments()),
                    InstallOutcome.Installed.NOBODY,
                    Duration.ZERO);
            Files.createDirectories(work);
            return Optional.of(new Installed(variant, new TrialRunner(lab, setup, under, direct, plan), work));
        }
        InstallOutcome outcome = context.steps()
                .run(
                        variant.name(),
                        Step.INSTALL,
                        build.nevra(),
                        CellRun.unknown(),
                        progress -> {
                            try {
                                return new Installer(lab, setup).install(under, work, console);
                            } catch (IOException | UncheckedIOException | CommandException e) {
                                return new InstallOutcome.Trouble(String.valueOf(e.getMessage()));
                            }
                        },
                        done -> done.match(
                                ok -> "by " + ok.manager(), refused -> "refused", trouble -> "did not get that far"));
        return outcome.match(
                installed -> {
                    variant.installed(new RunRecord.Install(
                            installed.manager(),
                            installed.elapsed(),
                            context.bundle().relative(console)));
                    return Optional.of(
                            new Installed(variant, new TrialRunner(lab, setup, under, installed, plan), work));
                },
                refused -> {
                    variant.failed(Stages.INSTALL, refused.lines());
                    return Optional.empty();
                },
                trouble -> {
                    variant.inTrouble(trouble.why());
                    return Optional.empty();
                });
    }

    private void trial(Installed arm, VariantLedger control) throws IOException, InterruptedException {
        VariantLedger variant = arm.variant();
        int number = variant.nextTrial();
        Path console =
                context.bundle().variant(context.kernel(), variant.name()).resolve("console-" + number + ".log");
        int enough = enough(control, variant);
        Path work = arm.work().resolve("trial");
        TrialEnd end = context.steps()
                .run(
                        variant.name(),
                        Step.TRIAL,
                        "trial " + number,
                        estimate(variant),
                        progress -> {
                            try {
                                return arm.trials()
                                        .run(
                                                number,
                                                enough,
                                                controlFaults(control, variant),
                                                work,
                                                console,
                                                context.bundle().relative(console),
                                                progress);
                            } catch (IOException | UncheckedIOException | CommandException e) {
                                return TrialEnd.ofOurs(
                                        number,
                                        String.valueOf(e.getMessage()),
                                        context.bundle().relative(console));
                            } finally {
                                Trees.delete(work);
                            }
                        },
                        done -> "trial " + number + ": " + done.trial().outcome() + ", "
                                + done.trial().exposures() + " exposures; "
                                + done.trial().detail());
        variant.tried(new TrialRecord(
                end.trial(), end.proof(), end.unexplained(), end.measured(), end.command(), Instant.now()));
        if (didNotBoot(variant, end)) {
            variant.failed(Stages.BOOT, end.bootFailure());
        }
        context.ledger().save();
    }

    /**
     * A kernel that says itself why it died does not boot. One that is silent, or whose machine did
     * not start, is given a second try, and the benefit of any earlier boot: the host may be at fault.
     */
    private static boolean didNotBoot(VariantLedger variant, TrialEnd end) {
        if (end.bootFailure().isEmpty()
                || variant.trialRecords().stream()
                        .anyMatch(record -> record.booted().isPresent())) {
            return false;
        }
        return end.bootDoubt().isEmpty() || variant.trialRecords().size() >= BOOT_TRIES;
    }

    private static Optional<Duration> estimate(VariantLedger variant) {
        List<Trial> done = variant.trials();
        return done.isEmpty()
                ? Optional.empty()
                : Optional.of(done.get(done.size() - 1).elapsed());
    }

    private static Set<String> controlFaults(VariantLedger control, VariantLedger variant) {
        Set<String> titles = new HashSet<>();
        if (variant != control) {
            control.trials().forEach(trial -> titles.addAll(trial.faults()));
        }
        return titles;
    }

    /** One variant with its installed kernel, ready to be tried. */
    private record Installed(VariantLedger variant, TrialRunner trials, Path work) {}
}
