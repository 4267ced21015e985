package org.patchproof.repro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.patchproof.console.Evidence;
import org.patchproof.console.EvidenceCollector;
import org.patchproof.files.FileDigest;
import org.patchproof.repro.JobEnd.Ending;
import org.patchproof.repro.StartupEnd.Whose;
import org.patchproof.vm.ConsoleListener;
import org.patchproof.vm.Lab;
import org.patchproof.vm.MachineSpec;
import org.patchproof.vm.VirtualMachine;

/**
 * Runs trials of one kernel: each in a machine of its own, on a throw-away overlay of the disk on
 * which the kernel was installed, booted with the image that was read from that disk.
 */
public final class TrialRunner {
    /** What the guest does beside provoking, tearing down and watching: mounting, asking rpm. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final Lab lab;
    private final GuestSetup setup;
    private final KernelUnderTest kernel;
    private final InstallOutcome.Installed installed;
    private final TrialPlan plan;

    public TrialRunner(
            Lab lab, GuestSetup setup, KernelUnderTest kernel, InstallOutcome.Installed installed, TrialPlan plan) {
        this.lab = lab;
        this.setup = setup;
        this.kernel = kernel;
        this.installed = installed;
        this.plan = plan;
    }

    /**
     * Runs one trial.
     *
     * @param number its number, from 1
     * @param enough how many exposures end the provoking early
     * @param known faults that are no news
     * @param work an absent directory, removed afterwards
     * @param console where the console goes
     * @param shown the console's name in the bundle
     * @param watcher hears a word on what is going on
     */
    public TrialEnd run(
            int number, int enough, KnownFaults known, Path work, Path console, String shown, Consumer<String> watcher)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        Files.createDirectories(work);
        Path disk = work.resolve("trial.qcow2");
        Path jobDisk = work.resolve("trial.job");
        JobFolder job = JobFolder.create(work.resolve("job"), "trial.sh")
                .withScriptsOf(plan.begin().getParent())
                .withEnvironment(plan.environmentOfScripts());
        lab.disks().jobDisk(job.path(), jobDisk);
        lab.disks().overlay(installed.disk(), disk);
        EvidenceCollector evidence = new EvidenceCollector(plan.patterns());
        MachineSpec machine = new MachineSpec(
                setup.acceleration(), setup.cpus(), setup.memoryBytes(), installed.boot(), disk, jobDisk);
        Path qemuLog = console.resolveSibling("qemu-" + number + ".log");
        GuestClock clock = new GuestClock(System::nanoTime);
        JobEnd end;
        String command;
        StartingMachine starting = new StartingMachine(setup.image().startup(kernel.release()), setup.acceleration());
        ConsoleListener listener = (bytes, n) -> {
            evidence.accept(bytes, 0, n);
            starting.accept(bytes, n);
        };
        try (VirtualMachine vm = lab.start(machine, console, qemuLog, listener)) {
            command = vm.command();
            end = watch(vm, starting, evidence, enough, watcher, clock);
        }
        Optional<Whose> died = brokeOff(end) && end.event("booted").isEmpty() ? starting.died() : Optional.empty();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        return conclude(number, end, died, evidence.finish(), known, elapsed, console, shown, command, clock);
    }

    private JobEnd watch(
            VirtualMachine vm,
            StartingMachine starting,
            EvidenceCollector evidence,
            int enough,
            Consumer<String> watcher,
            GuestClock clock)
            throws IOException, InterruptedException {
        Provoking provoking = new Provoking(vm, evidence, enough, watcher);
        Consumer<JobEvent> hear = event -> {
            clock.hear(event.name());
            provoking.hear(event);
        };
        return new JobWatch(vm, starting, hear, provoking::answered)
                // By the guest's own clock, which falls behind where a busy host loses its ticks.
                .watch(setup.acceleration().stretch(plan.limits().whole().plus(SLACK)));
    }

    private TrialEnd conclude(
            int number,
            JobEnd end,
            Optional<Whose> died,
            Evidence evidence,
            KnownFaults known,
            Duration elapsed,
            Path console,
            String shown,
            String command,
            GuestClock clock)
            throws IOException {
        Optional<Path> handed =
                installed.boot().match(direct -> Optional.of(direct.image()), loader -> Optional.empty());
        Optional<String> sha256 =
                kernel.direct() && handed.isPresent() ? Optional.of(FileDigest.sha256(handed.get())) : Optional.empty();
        Optional<BootProof> proof =
                end.event("booted").map(booted -> BootProof.of(booted, kernel, setup.cpus(), sha256));
        Optional<String> leapt = clock.leapt(evidence);
        KnownFaults news = leapt.isPresent() ? known.forSure() : known;
        Trial seen = trial(number, end, evidence, news, elapsed, proof, shown);
        Trial trial = leapt.filter(why -> seen.outcome() == Trial.Outcome.CLEAN)
                .map(why -> Trial.infra(number, why, elapsed, shown))
                .orElse(seen);
        SortedMap<String, String> measured = measured(end);
        clock.measure(evidence, measured);
        // A kernel that panics before it said what it is did not boot, though its init ran.
        boolean noBoot = end.ending() == Ending.NO_HELLO
                || died.filter(whose -> whose != Whose.OURS).isPresent();
        String how = died.flatMap(whose -> evidence.fatal().stream().findFirst())
                .map(fault -> fault.title() + " before the guest said what it booted")
                .orElse(end.detail());
        List<String> bootFailure = noBoot ? BootFailure.lines(evidence, console, how) : List.of();
        boolean doubtful = end.doubtful() || died.equals(Optional.of(Whose.EITHER));
        Optional<String> doubt = doubtful ? Optional.of(how) : Optional.empty();
        Optional<String> unexplained = died.isEmpty() ? unexplained(end, trial) : Optional.empty();
        return new TrialEnd(trial, proof, bootFailure, doubt, unexplained, measured, command);
    }

    /** A guest that died or hung in the middle of its job may have been killed by the patch. */
    private static Optional<String> unexplained(JobEnd end, Trial trial) {
        return brokeOff(end) && trial.outcome() == Trial.Outcome.INFRA
                ? Optional.of("trial " + trial.number() + ": " + end.detail())
                : Optional.empty();
    }

    private static boolean brokeOff(JobEnd end) {
        return end.ending() == Ending.DIED || end.ending() == Ending.TIMED_OUT;
    }

    /** A trial counts only when the right kernel ran, and the scripts ended or the answer was known. */
    private static Trial trial(
            int number,
            JobEnd end,
            Evidence evidence,
            KnownFaults known,
            Duration elapsed,
            Optional<BootProof> proof,
            String shown) {
        if (end.ending() == Ending.NO_HELLO) {
            return Trial.infra(number, "the guest did not get ready: " + end.detail(), elapsed, shown);
        }
        if (end.ending() == Ending.GUEST_FAILED && proof.isEmpty()) {
            return Trial.infra(number, why(end), elapsed, shown);
        }
        if (proof.isEmpty()) {
            return Trial.infra(number, "the guest did not say what it booted: " + end.detail(), elapsed, shown);
        }
        if (!proof.get().whole()) {
            return Trial.infra(
                    number,
                    "not the kernel under test: "
                            + String.join("; ", proof.get().missing()),
                    elapsed,
                    shown);
        }
        Trial trial = TrialOutcome.decide(evidence, known.in(evidence), shown).asTrial(number, elapsed, shown);
        boolean positive = trial.outcome() == Trial.Outcome.REPRODUCED || trial.outcome() == Trial.Outcome.FAULT;
        boolean ended = end.ending() == Ending.ANSWERED || (end.ending() == Ending.EXITED && end.exitCode() == 0);
        if (positive || (ended && trial.outcome() != Trial.Outcome.INFRA)) {
            return trial;
        }
        // The faults of a trial that is lost are lost with it: none that may be news is.
        Trial strict = TrialOutcome.decide(evidence, known.titles(), shown).asTrial(number, elapsed, shown);
        if (strict.outcome() == Trial.Outcome.FAULT) {
            return strict;
        }
        return ended ? trial : Trial.infra(number, why(end), elapsed, shown);
    }

    private static String why(JobEnd end) {
        String words = end.output().isEmpty()
                ? ""
                : "; last words: "
                        + String.join(
                                " / ",
                                end.output()
                                        .subList(
                                                Math.max(0, end.output().size() - 3),
                                                end.output().size()));
        return end.event("failed")
                        .map(failed -> failed.value("script") + " failed with exit code " + failed.value("code"))
                        .orElse(end.detail())
                + words;
    }

    private static SortedMap<String, String> measured(JobEnd end) {
        SortedMap<String, String> measured = new TreeMap<>();
        for (JobEvent event : end.events()) {
            if (!event.name().equals("booted")) {
                event.values().forEach((key, value) -> measured.put(event.name() + "." + key, value));
            }
        }
        return measured;
    }
}
