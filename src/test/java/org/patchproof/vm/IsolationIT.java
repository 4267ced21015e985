package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.TinyKernel;

/** What a machine may do to its host: next to nothing. */
class IsolationIT {
    private static final long LIMIT = 200_000;

    @TempDir
    Path dir;

    private final Lab lab = new Lab(new LeashedRunner(), LIMIT);

    /** Where nobody but this user may look, as in a home. */
    @BeforeEach
    void disks() throws Exception {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
        for (String file : List.of("base.qcow2", "job.img")) {
            new LeashedRunner()
                    .run(Command.of("qemu-img", "create", "-q", "-f", format(file), dir.resolve(file) + "", "16M"))
                    .orThrow();
        }
        lab.disks().overlay(dir.resolve("base.qcow2"), dir.resolve("overlay.qcow2"));
    }

    @Test
    void qemuHasNoRightsNoProgramsAndBoundedMemory() throws Exception {
        try (VirtualMachine vm =
                start(TinyKernel.silent().saying("hello x\nready\n").thenHalting())) {
            assertThat(vm.next(Duration.ofSeconds(30))).contains("hello x");
            Path process = Path.of("/proc", vm.process().orElseThrow().pid() + "");
            String status = Files.readString(process.resolve("status"));
            assertThat(status).contains("NoNewPrivs:\t1", "Seccomp:\t2", "CapEff:\t0000000000000000");
            String limits = Files.readString(process.resolve("limits"));
            assertThat(limits).containsPattern("Max core file size +0 ").containsPattern("Max address space +[0-9]+ ");
        }
    }

    @Test
    void qemuIsNobodyUnlessWeAreNoRootOurselves() throws Exception {
        int us = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        try (VirtualMachine vm =
                start(TinyKernel.silent().saying("hello x\nready\n").thenHalting())) {
            assertThat(vm.next(Duration.ofSeconds(30))).contains("hello x");
            Path process = Path.of("/proc", vm.process().orElseThrow().pid() + "");
            assertThat(Files.readString(process.resolve("status")))
                    .containsPattern("Uid:(\t" + (us == 0 ? 65534 : us) + "){4}");
        }
    }

    @Test
    void aGuestThatPrintsForEverFillsNeitherDiskNorMemory() throws Exception {
        String line = "x".repeat(80) + "\n";
        long before;
        try (VirtualMachine vm = start(TinyKernel.silent()
                .printing(line.repeat(5))
                .saying(line.repeat(5))
                .logging(line.repeat(5))
                .forEver())) {
            Path console = dir.resolve("console");
            await().atMost(Duration.ofSeconds(120)).until(() -> Files.size(console) >= LIMIT);
            before = bytes();
            Thread.sleep(2_000);
            assertThat(vm.alive()).isTrue();
            assertThat(vm.firmware()).hasSize(FirmwareLog.LIMIT);
            assertThat(bytes() - before).as("bytes that came after the limit").isLessThan(1_000);
        }
        assertThat(Files.size(dir.resolve("console"))).isBetween(LIMIT, LIMIT + 1_000);
        assertThat(Files.readString(dir.resolve("console"))).contains("cut here: the guest printed more than");
    }

    private long bytes() throws Exception {
        try (java.util.stream.Stream<Path> files = Files.walk(dir)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private VirtualMachine start(byte[] kernel) throws Exception {
        Files.write(dir.resolve("kernel"), kernel);
        MachineSpec spec = new MachineSpec(
                Acceleration.TCG,
                1,
                64L << 20,
                new Boot.Kernel(dir.resolve("kernel"), Optional.empty(), List.of()),
                dir.resolve("overlay.qcow2"),
                dir.resolve("job.img"));
        return lab.start(spec, dir.resolve("console"), dir.resolve("qemu.log"), ConsoleListener.DEAF);
    }

    private static String format(String file) {
        return file.endsWith("qcow2") ? "qcow2" : "raw";
    }
}
