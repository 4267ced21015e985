package org.patchproof.repro;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchproof.console.Evidence;
import org.patchproof.console.EvidenceCollector;
import org.patchproof.files.Trees;
import org.patchproof.repro.JobEnd.Ending;
import org.patchproof.vm.Boot;
import org.patchproof.vm.Lab;
import org.patchproof.vm.MachineSpec;
import org.patchproof.vm.VirtualMachine;

/**
 * A customer's machine: a guest on whose disk the unfixed kernel was installed, started again and again, each time
 * to do one thing that its administrator would do with a release.
 */
public final class CustomerGuest {
    /** A package manager that reads a repository takes seconds, under emulation half a minute. */
    private static final Duration EACH_OFFER = Duration.ofMinutes(2);

    private static final Duration CHANGE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Lab lab;
    private final GuestSetup setup;
    private final Kernels kernels;
    private final TrialPlan traffic;
    private final Places places;

    /** The kernel that the customer has, and the one that the release brings. */
    public record Kernels(KernelUnderTest old, KernelUnderTest released) {
        public Kernels {
            requireNonNull(old);
            requireNonNull(released);
        }
    }

    /**
     * Where its files go.
     *
     * @param disk of the machine, written to; it outlives each start
     * @param work for what no one keeps
     * @param consoles a directory, for a log each start
     */
    public record Places(Path disk, Path work, Path consoles) {
        public Places {
            requireNonNull(disk);
            requireNonNull(work);
            requireNonNull(consoles);
        }
    }

    /**
     * What is offered to the customer.
     *
     * @param id of the repository
     * @param published the folder {@code published}: repo/, the key, ID.repo with addresses below /run/job
     * @param tampered the folder {@code tampered}: one copy a kind
     * @param kinds in the order in which they are offered
     */
    public record Offer(String id, Path published, Path tampered, List<String> kinds) {
        public Offer {
            requireNonNull(id);
            requireNonNull(published);
            requireNonNull(tampered);
            kinds = List.copyOf(kinds);
        }
    }

    public CustomerGuest(Lab lab, GuestSetup setup, Kernels kernels, TrialPlan traffic, Places places) {
        this.lab = lab;
        this.setup = setup;
        this.kernels = kernels;
        this.traffic = traffic;
        this.places = places;
    }

    /** Under the unfixed kernel: each tampered copy is offered, then the release itself. */
    public GuestRun update(Boot boot, Offer offer) throws IOException, InterruptedException {
        JobFolder job = job("customer-update.sh")
                .withFolders(List.of(offer.published(), offer.tampered()))
                .withFiles(setup.image().installFiles(kernels.released().imagePath(), setup.kernelArguments()))
                .withEnvironment(environment(offer.id(), offer.kinds()));
        Duration within = CHANGE.plus(EACH_OFFER.multipliedBy(offer.kinds().size()));
        return run("update", boot, kernels.old(), job, places.disk(), within);
    }

    /** Under the released kernel, on a disk that is thrown away: the bug's scripts for customers. */
    public GuestRun traffic(Boot boot) throws IOException, InterruptedException {
        JobFolder job = job("trial.sh")
                .withScriptsOf(traffic.begin().getParent())
                .withEnvironment(traffic.environmentOfScripts());
        Path overlay = places.work().resolve("traffic.qcow2");
        lab.disks().overlay(places.disk(), overlay);
        try {
            return run(
                    "traffic",
                    boot,
                    kernels.released(),
                    job,
                    overlay,
                    traffic.limits().whole().plus(LOOK));
        } finally {
            Files.deleteIfExists(overlay);
        }
    }

    /** Under the released kernel: tells the boot loader, where there is one, to boot the unfixed one. */
    public GuestRun turnBack(Boot boot) throws IOException, InterruptedException {
        JobFolder job = job("customer-back.sh")
                .withFiles(setup.image().installFiles(kernels.old().imagePath(), setup.kernelArguments()));
        return run("turn-back", boot, kernels.released(), job, places.disk(), CHANGE);
    }

    /** Under the unfixed kernel: removes the released one. */
    public GuestRun remove(Boot boot, String repository) throws IOException, InterruptedException {
        Map<String, byte[]> files = setup.image()
                        .installFiles(kernels.old().imagePath(), setup.kernelArguments())
                        .containsKey("keep-disk")
                ? Map.of("keep-disk", new byte[0])
                : Map.of();
        JobFolder job = job("customer-remove.sh").withFiles(files).withEnvironment(environment(repository, List.of()));
        return run("remove", boot, kernels.old(), job, places.disk(), CHANGE);
    }

    /** What boots in the end: it must be the unfixed one. */
    public GuestRun look(Boot boot) throws IOException, InterruptedException {
        return run("back", boot, kernels.old(), job("customer-back.sh"), places.disk(), LOOK);
    }

    /** How the kernel whose image is at {@code kernel}'s path on the machine's disk comes up. */
    public Boot boot(KernelUnderTest kernel, String name) throws IOException {
        Path room = Files.createDirectories(places.work().resolve(name));
        return setup.image().installed(lab.disks(), places.disk(), kernel.imagePath(), setup.kernelArguments(), room);
    }

    private Map<String, String> environment(String repository, List<String> kinds) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("OLD_NEVRA", kernels.old().nevra());
        all.put("NEW_NEVRA", kernels.released().nevra());
        all.put("NEW_RELEASE", kernels.released().release());
        all.put("REPOSITORY", repository);
        all.put("TAMPERED", String.join(" ", kinds));
        return all;
    }

    private JobFolder job(String script) throws IOException {
        Path folder = places.work().resolve("job");
        Trees.delete(folder);
        return JobFolder.create(folder, script);
    }

    private GuestRun run(String name, Boot boot, KernelUnderTest expected, JobFolder job, Path disk, Duration within)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        Path jobDisk = places.work().resolve("job.disk");
        lab.disks().jobDisk(job.path(), jobDisk);
        Path console = Files.createDirectories(places.consoles()).resolve(name + "-console.log");
        EvidenceCollector collector = new EvidenceCollector(traffic.patterns());
        StartingMachine starting = new StartingMachine(setup.image().startup(expected.release()), setup.acceleration());
        MachineSpec machine =
                new MachineSpec(setup.acceleration(), setup.cpus(), setup.memoryBytes(), boot, disk, jobDisk);
        JobEnd end;
        String command;
        try (VirtualMachine vm = lab.start(machine, console, places.work().resolve(name + "-qemu.log"), (bytes, n) -> {
            collector.accept(bytes, 0, n);
            starting.accept(bytes, n);
        })) {
            command = vm.command();
            end = new JobWatch(vm, starting, event -> {}, () -> false)
                    .watch(setup.acceleration().stretch(within));
        } finally {
            Files.deleteIfExists(jobDisk);
        }
        Evidence evidence = collector.finish();
        Optional<BootProof> proof =
                end.event("booted").map(booted -> BootProof.of(booted, expected, setup.cpus(), Optional.empty()));
        List<String> failure =
                end.ending() == Ending.NO_HELLO ? BootFailure.lines(evidence, console, end.detail()) : List.of();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        return new GuestRun(end, evidence, proof, failure, elapsed, command, console);
    }
}
