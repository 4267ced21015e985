package org.patchproof.repro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.files.FileDigest;
import org.patchproof.repro.JobEnd.Ending;
import org.patchproof.vm.Boot;
import org.patchproof.vm.Lab;
import org.patchproof.vm.MachineSpec;
import org.patchproof.vm.VirtualMachine;

/**
 * Installs a kernel's packages with the guest's own package manager, on an overlay of the guest
 * image that runs under the guest's own kernel, and reads the installed image back from its disk.
 */
public final class Installer {
    private static final Duration INSTALL = Duration.ofMinutes(3);
    private static final int CPUS = 2;
    private static final int LINES = 15;
    private static final int NOT_INSTALLED = 1;

    private final Lab lab;
    private final GuestSetup setup;

    public Installer(Lab lab, GuestSetup setup) {
        this.lab = lab;
        this.setup = setup;
    }

    /**
     * Installs {@code kernel}.
     *
     * @param work an empty or absent directory for the overlay and the image; must outlive the trials
     * @param console where the guest's console goes
     */
    public InstallOutcome install(KernelUnderTest kernel, Path work, Path console)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        Files.createDirectories(work);
        Path disk = work.resolve("installed.qcow2");
        Path jobDisk = work.resolve("install.job");
        JobFolder job = JobFolder.create(work.resolve("install"), "install.sh")
                .withPackages(kernel.packages())
                .withFiles(setup.image().installFiles(kernel.imagePath(), setup.kernelArguments()));
        lab.disks().jobDisk(job.path(), jobDisk);
        lab.disks().overlay(setup.image().disk(), disk);
        JobEnd end = run(disk, jobDisk, console);
        Files.delete(jobDisk);
        if (end.ending() == Ending.EXITED && end.exitCode() == NOT_INSTALLED) {
            return new InstallOutcome.Refused(last(end.output()));
        }
        if (end.ending() != Ending.EXITED || end.exitCode() != 0) {
            return new InstallOutcome.Trouble("installing in the guest: " + end.detail() + "; console: " + console
                    + (end.output().isEmpty() ? "" : "; last words: " + String.join(" / ", last(end.output()))));
        }
        Optional<String> disagreement = disagreement(end, kernel);
        if (disagreement.isPresent()) {
            return new InstallOutcome.Refused(List.of(disagreement.get()));
        }
        Boot boot = setup.image().installed(lab.disks(), disk, kernel.imagePath(), setup.kernelArguments(), work);
        // Of a kernel that the guest's own boot loader loads, each trial says the digest itself.
        Optional<Path> image = boot.match(direct -> Optional.of(direct.image()), loader -> Optional.empty());
        String sha256 = image.isPresent() ? FileDigest.sha256(image.get()) : kernel.imageSha256();
        if (!sha256.equals(kernel.imageSha256())) {
            return new InstallOutcome.Refused(List.of(kernel.imagePath() + " on the guest's disk has sha256 " + sha256
                    + ", in the package it has " + kernel.imageSha256()));
        }
        String manager = end.event("installing").map(e -> e.value("with")).orElse("?");
        return new InstallOutcome.Installed(disk, boot, manager, Duration.ofNanos(System.nanoTime() - started));
    }

    private JobEnd run(Path disk, Path jobDisk, Path console) throws IOException, InterruptedException {
        MachineSpec machine = new MachineSpec(
                setup.acceleration(), CPUS, setup.memoryBytes(), setup.image().own(), disk, jobDisk);
        Path qemuLog = console.resolveSibling("install-qemu.log");
        StartingMachine starting = new StartingMachine(setup.image().startup(""), setup.acceleration());
        try (VirtualMachine vm = lab.start(machine, console, qemuLog, starting)) {
            return new JobWatch(vm, starting, event -> {}, () -> false)
                    .watch(setup.acceleration().stretch(INSTALL));
        }
    }

    private static Optional<String> disagreement(JobEnd end, KernelUnderTest kernel) {
        List<String> installed = new ArrayList<>();
        end.events().stream()
                .filter(event -> event.name().equals("installed"))
                .forEach(event -> installed.add(event.value("nevra")));
        return installed.contains(kernel.nevra())
                ? Optional.empty()
                : Optional.of("rpm -q in the guest shows " + installed + ", not " + kernel.nevra());
    }

    private static List<String> last(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
