package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.Belongings;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.TinyKernel;

/**
 * A hundred starts, each killed at a random moment: nothing of them is left after the next start, and
 * nothing is taken from the one that lives all the while beside them.
 */
class NothingLeftIT {
    private static final int STARTS = 100;
    private static final int LANES = 4;

    private final String tag = "PATCHPROOF_TEST_" + UUID.randomUUID().toString().replace("-", "");

    @TempDir
    Path dir;

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectories(dir.resolve("tmp"));
        Files.createDirectories(dir.resolve("runs"));
        Files.write(
                dir.resolve("kernel"),
                TinyKernel.silent().saying("hello tiny\nready\n").thenHalting());
        new LeashedRunner()
                .run(Command.of("qemu-img", "create", "-q", "-f", "qcow2", dir + "/base.qcow2", "16M"))
                .orThrow();
    }

    /** As by a person who kills all that bears our name, or a host without memory: nobody is left to see to it. */
    @Test
    void aMachineThatOutlivedItsLeashEndsWithTheNextStart() throws Exception {
        Process jvm = start("all");
        awaitReady("all", jvm);
        List<ProcessHandle> keepers = jvm.descendants()
                .filter(p -> !p.info().command().orElse("").contains("qemu"))
                .toList();
        // Frozen first: the leash is not to do its work while it is being killed.
        keepers.forEach(p -> new LeashedRunner()
                .run(Command.of("kill", "-STOP", Long.toString(p.pid())))
                .orThrow());
        jvm.destroyForcibly().waitFor();
        keepers.forEach(ProcessHandle::destroyForcibly);
        await().untilAsserted(() -> assertThat(processes()).hasSize(1));
        assertThat(processes()).allMatch(p -> p.contains("qemu"));
        assertThat(sweep()).isEqualTo(0);
        assertThat(processes()).isEmpty();
        assertThat(runs()).isEmpty();
        assertThat(owned()).isEmpty();
    }

    @Test
    void nothingIsLeftOfAHundredThatWereKilled() throws Exception {
        long seed = Long.getLong("patchproof.seed", System.nanoTime());
        System.out.println("NothingLeftIT: seed " + seed + " (-Dpatchproof.seed=" + seed + ")");
        Process bystander = start("bystander");
        long began = System.nanoTime();
        awaitReady("bystander", bystander);
        long ready = Math.max(300, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));

        List<Integer> killed = kill(seed, ready);

        assertThat(killed.stream().mapToInt(Integer::intValue).sum())
                .as("of the starts that were killed, some had a machine that ran, and some had not (time to ready: "
                        + ready + " ms)")
                .isBetween(1, STARTS - 1);
        assertThat(bystander.isAlive()).isTrue();
        assertThat(sweep()).isEqualTo(0);
        assertThat(runs()).as("directories of runs").containsExactly("bystander");
        assertThat(owned()).as("what is left in the registry").hasSize(2); // its life, its sockets
        assertThat(processes()).as("the one that lives, its leash, its watcher").isNotEmpty();
        long machines = processes().stream()
                .filter(p -> p.contains("qemu-system-x86_64\0-nodefaults"))
                .count();
        assertThat(machines)
                .as("machines that run, but for the leash's own arguments")
                .isGreaterThanOrEqualTo(1);

        bystander.destroyForcibly().waitFor();
        assertThat(sweep()).isEqualTo(0);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(processes()).isEmpty());
        assertThat(runs()).isEmpty();
        assertThat(owned()).isEmpty();
        assertThat(locks()).isEmpty();
    }

    /** In several lanes at once, so that each sweeps beside others that live; how many were ready, per lane. */
    private List<Integer> kill(long seed, long ready) throws Exception {
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                int number = lane;
                Random random = new Random(seed + lane);
                all.add(() -> {
                    int started = 0;
                    for (int i = 0; i < STARTS / LANES; i++) {
                        String name = "run-" + number + "-" + i;
                        Process jvm = start(name);
                        Thread.sleep(random.nextInt((int) (2 * ready)));
                        started += Files.exists(dir.resolve(name + ".ready")) ? 1 : 0;
                        jvm.destroyForcibly().waitFor();
                    }
                    return started;
                });
            }
            List<Integer> started = new ArrayList<>();
            for (java.util.concurrent.Future<Integer> lane : lanes.invokeAll(all)) {
                started.add(lane.get());
            }
            return started;
        } finally {
            lanes.shutdownNow();
        }
    }

    private int sweep() throws Exception {
        return start("").waitFor();
    }

    private Process start(String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + dir.resolve("tmp"),
                "-cp",
                System.getProperty("java.class.path"),
                NothingLeftIT.class.getName(),
                dir.toString(),
                name);
        builder.environment().put(tag, "1");
        return builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(dir.resolve("output").toFile()))
                .start();
    }

    private void awaitReady(String name, Process process) throws IOException {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(dir.resolve(name + ".ready")) || !process.isAlive());
        assertThat(process.isAlive())
                .as(Files.readString(dir.resolve("output")))
                .isTrue();
    }

    /** What is killed: a run's work folder, an overlay and a job disk in it, a machine. Without a name: a mere start. */
    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]);
        Belongings belongings = Belongings.ours();
        if (args[1].isEmpty()) {
            return;
        }
        Path work = belongings.make(dir.resolve("runs").resolve(args[1]));
        Path job = Files.createDirectories(work.resolve("job"));
        Files.writeString(job.resolve("run"), "#!/bin/bash\n");
        Lab lab = new Lab(new LeashedRunner());
        lab.disks().jobDisk(job, work.resolve("job.img"));
        lab.disks().overlay(dir.resolve("base.qcow2"), work.resolve("overlay.qcow2"));
        MachineSpec spec = new MachineSpec(
                Acceleration.TCG,
                1,
                64L << 20,
                new Boot.Kernel(dir.resolve("kernel"), Optional.empty(), List.of()),
                work.resolve("overlay.qcow2"),
                work.resolve("job.img"));
        VirtualMachine vm = lab.start(spec, work.resolve("console"), work.resolve("qemu.log"), ConsoleListener.DEAF);
        while (!vm.next(Duration.ofSeconds(1)).equals(Optional.of("ready"))) {
            if (!vm.alive()) {
                throw new IllegalStateException(vm.ended().toString());
            }
        }
        Files.createFile(dir.resolve(args[1] + ".ready"));
        Thread.sleep(600_000);
    }

    private List<String> runs() throws IOException {
        return names(dir.resolve("runs"));
    }

    private List<String> owned() throws IOException {
        Path registry = dir.resolve("tmp").resolve(names(dir.resolve("tmp")).get(0));
        return names(registry).stream().filter(name -> !name.equals("mutex")).toList();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    /** The arguments of every process that was started by one of ours, with NUL between them. */
    private List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            for (Path process :
                    all.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
                try {
                    if (text(process.resolve("environ")).contains(tag)) {
                        found.add(text(process.resolve("cmdline")));
                    }
                } catch (IOException e) {
                    // ended meanwhile, or another user's
                }
            }
        }
        return found;
    }

    /** The locks of the kernel's list that are on a file of ours. */
    private List<String> locks() throws IOException {
        List<String> inodes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.toList()) {
                inodes.add(":" + Files.getAttribute(file, "unix:ino") + " ");
            }
        }
        return text(Path.of("/proc/locks"))
                .lines()
                .filter(line -> inodes.stream().anyMatch(line::contains))
                .toList();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
