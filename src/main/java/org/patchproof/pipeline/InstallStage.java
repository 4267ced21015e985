package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.patchproof.pipeline.RunRecord.Build;
import org.patchproof.process.CommandException;
import org.patchproof.repro.GuestSetup;
import org.patchproof.repro.InstallOutcome;
import org.patchproof.repro.Installer;
import org.patchproof.repro.KernelUnderTest;
import org.patchproof.repro.TrialPlan;
import org.patchproof.repro.TrialRunner;
import org.patchproof.vm.Boot;
import org.patchproof.vm.Lab;

/** Installs a variant's packages in the guest; a kernel that is booted as it was built has none. */
final class InstallStage {
    private final CellContext context;
    private final Lab lab;
    private final GuestSetup setup;
    private final TrialPlan plan;

    InstallStage(CellContext context, Lab lab, GuestSetup setup, TrialPlan plan) {
        this.context = context;
        this.lab = lab;
        this.setup = setup;
        this.plan = plan;
    }

    /** The variant with its kernel, ready to be tried; empty when the ledger says why it is not. */
    Optional<Installed> install(VariantLedger variant) throws IOException, InterruptedException {
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
        Path work = context.bundle().work().resolve(context.kernel()).resolve(variant.name());
        return build.direct() ? Optional.of(direct(variant, under, work)) : packages(variant, under, work);
    }

    private Installed direct(VariantLedger variant, KernelUnderTest under, Path work) throws IOException {
        Path image = context.bundle()
                .directory()
                .resolve(variant.build().orElseThrow().image());
        InstallOutcome.Installed direct = new InstallOutcome.Installed(
                setup.image().disk(),
                new Boot.Kernel(image, Optional.empty(), setup.kernelArguments()),
                InstallOutcome.Installed.NOBODY,
                Duration.ZERO);
        Files.createDirectories(work);
        return new Installed(variant, new TrialRunner(lab, setup, under, direct, plan), work);
    }

    private Optional<Installed> packages(VariantLedger variant, KernelUnderTest under, Path work)
            throws IOException, InterruptedException {
        Path console =
                context.bundle().variant(context.kernel(), variant.name()).resolve("install-console.log");
        InstallOutcome outcome = context.steps()
                .run(
                        variant.name(),
                        Step.INSTALL,
                        variant.build().orElseThrow().nevra(),
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

    /** One variant with its installed kernel, ready to be tried. */
    record Installed(VariantLedger variant, TrialRunner trials, Path work) {}
}
