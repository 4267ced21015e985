package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.plan.Reproduction;
import org.patchproof.process.CommandException;
import org.patchproof.process.CommandRunner;
import org.patchproof.release.CustomerTrial;
import org.patchproof.release.RefusedException;
import org.patchproof.release.Tampering;
import org.patchproof.repro.CustomerFinding;
import org.patchproof.repro.CustomerGuest;
import org.patchproof.repro.CustomerGuest.Kernels;
import org.patchproof.repro.CustomerGuest.Offer;
import org.patchproof.repro.GuestRun;
import org.patchproof.repro.GuestSetup;
import org.patchproof.repro.InstallOutcome;
import org.patchproof.repro.Installer;
import org.patchproof.repro.KernelUnderTest;
import org.patchproof.repro.TrialPlan;
import org.patchproof.vm.Boot;
import org.patchproof.vm.Lab;

/**
 * The signed repository in a customer's machine, before anybody else gets it: the unfixed kernel is installed and
 * booted, what was tampered with is refused, the release brings its kernel, that boots and carries traffic, is
 * removed, and the unfixed one boots again.
 */
final class CustomerStage {
    private final Lab lab;
    private final ReleasePlan asked;
    private final CustomerHost host;
    private final Memory memory;
    private final Path consoles;
    private final Path work;
    private final List<CustomerTrial.Start> starts = new ArrayList<>();

    /**
     * Where a refusal is kept.
     *
     * @param conditions digest of all that decides the trial, beside the packages
     */
    record Memory(RefusedTrials refused, String conditions) {}

    /**
     * @param consoles a directory for the logs; kept whatever comes out
     * @param work for what no one keeps
     */
    CustomerStage(CommandRunner runner, ReleasePlan asked, CustomerHost host, Memory memory, Path consoles, Path work) {
        this.lab = new Lab(runner);
        this.asked = asked;
        this.host = host;
        this.memory = memory;
        this.consoles = consoles;
        this.work = work;
    }

    /**
     * Tries it.
     *
     * @throws RefusedException when it is not as it must be
     * @throws TroubleException when we failed: then nothing is known of it
     */
    CustomerTrial run(Kernels kernels, Offer offer, Consumer<String> progress)
            throws IOException, InterruptedException {
        Trees.delete(consoles);
        Files.createDirectories(consoles);
        try {
            return tried(kernels, offer, progress);
        } catch (IOException | UncheckedIOException | CommandException e) {
            throw trouble(String.valueOf(e.getMessage()), e);
        } finally {
            Files.deleteIfExists(consoles.resolve("install-qemu.log"));
        }
    }

    private CustomerTrial tried(Kernels kernels, Offer offer, Consumer<String> progress)
            throws IOException, InterruptedException {
        Reproduction reproduction = asked.bug().customer().orElseThrow();
        GuestSetup setup = host.setup(reproduction);
        progress.accept("installing the unfixed kernel");
        InstallOutcome.Installed old = installed(new Installer(lab, setup)
                .install(kernels.old(), work.resolve("unfixed"), consoles.resolve("install-console.log")));
        TrialPlan traffic = new TrialPlan(
                reproduction.begin(),
                reproduction.end(),
                reproduction.environment(),
                reproduction.limits(),
                BugPatterns.of(asked.bug()));
        CustomerGuest guest = new CustomerGuest(
                lab,
                setup,
                kernels,
                traffic,
                new CustomerGuest.Places(old.disk(), Files.createDirectories(work.resolve("customer")), consoles));

        progress.accept("offering what was tampered with, then the update");
        GuestRun update = started("update", guest.update(old.boot(), offer));
        require(CustomerFinding.update(update, offer.kinds()));
        Set<String> known = new LinkedHashSet<>();
        update.evidence().faults().forEach(fault -> known.add(fault.title()));
        Boot released = bootOf(guest, kernels.released());

        progress.accept("traffic under the released kernel");
        GuestRun ran = started("traffic", guest.traffic(released));
        requireOfKernel(CustomerFinding.traffic(ran, known));

        progress.accept("removing it");
        if (released.match(direct -> false, loader -> true)) {
            requireOfKernel(CustomerFinding.turnBack(started("turn back", guest.turnBack(released)), known));
        }
        require(CustomerFinding.remove(started("remove", guest.remove(old.boot(), offer.id()))));
        require(CustomerFinding.back(started("back", guest.look(guest.boot(kernels.old(), "again")))));
        return told(update, ran, known, reproduction);
    }

    private InstallOutcome.Installed installed(InstallOutcome outcome) {
        return outcome.match(
                done -> done,
                refused -> {
                    throw trouble(
                            "the unfixed kernel cannot be installed in " + host.guest() + ":\n    "
                                    + String.join("\n    ", refused.lines()),
                            null);
                },
                ours -> {
                    throw trouble(ours.why(), null);
                });
    }

    /** What the package manager left on the disk is what boots next: it must be what the package holds. */
    private Boot bootOf(CustomerGuest guest, KernelUnderTest kernel) throws IOException {
        Boot boot = guest.boot(kernel, "released");
        Optional<Path> image = boot.match(direct -> Optional.of(direct.image()), loader -> Optional.empty());
        if (image.isPresent() && !FileDigest.sha256(image.get()).equals(kernel.imageSha256())) {
            require(new CustomerFinding(
                    CustomerFinding.Kind.REFUSED,
                    kernel.imagePath() + " on the customer's disk is not what the package has: sha256 "
                            + FileDigest.sha256(image.get()) + ", not " + kernel.imageSha256()));
        }
        return boot;
    }

    private GuestRun started(String what, GuestRun run) {
        starts.add(new CustomerTrial.Start(
                what,
                run.proof().map(proof -> proof.release()).orElse(""),
                run.proof().flatMap(proof -> proof.buildId()),
                run.elapsed().toMillis() / 1000.0,
                "customer/" + run.console().getFileName()));
        return run;
    }

    private void require(CustomerFinding finding) throws IOException {
        require(finding, memory.conditions());
    }

    /** What the released kernel did by itself holds whatever else is mended. */
    private void requireOfKernel(CustomerFinding finding) throws IOException {
        require(finding, RefusedTrials.ANYHOW);
    }

    private void require(CustomerFinding finding, String conditions) throws IOException {
        switch (finding.kind()) {
            case AS_IT_MUST_BE -> {}
            case REFUSED ->
                throw RefusedTrials.refusal(
                        "tried as a customer would: " + finding.words(),
                        memory.refused().remember(finding.words(), conditions, consoles));
            case OURS -> throw trouble(finding.words(), null);
        }
    }

    private TroubleException trouble(String what, Throwable cause) {
        return new TroubleException(
                "the trial in a customer's machine did not come to an end, and says nothing of the release: " + what,
                "See the consoles in " + consoles + ", and ./patchproof doctor. Run the same command again: what was"
                        + " built is kept. Where no guest can run: --without-customer-trial REASON.",
                cause);
    }

    private CustomerTrial told(GuestRun update, GuestRun ran, Set<String> known, Reproduction reproduction) {
        Map<String, List<String>> printed = CustomerFinding.printed(update);
        SortedMap<String, String> measured = new TreeMap<>();
        ran.end().events().stream()
                .filter(event -> !event.name().equals("booted"))
                .forEach(event ->
                        event.values().forEach((key, value) -> measured.put(event.name() + "." + key, value)));
        return new CustomerTrial(
                host.guest(),
                host.acceleration(),
                update.end()
                        .event("customer")
                        .map(event -> (event.value("with") + " " + event.value("version")).strip())
                        .orElse("its package manager"),
                update.end().event("updated").map(event -> event.value("by")).orElse(""),
                CustomerFinding.kindsRefused(update).stream()
                        .map(kind -> new CustomerTrial.Refused(kind, printed.getOrDefault(kind, List.of())))
                        .toList(),
                new CustomerTrial.Traffic(reproduction.limits().provoke().toSeconds(), measured, List.copyOf(known)),
                starts);
    }

    /** The folder names of what is offered in the place of the release. */
    static List<String> kinds() {
        return Tampering.kinds();
    }
}
