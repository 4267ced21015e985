package org.patchproof.repro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.console.EvidencePatterns;
import org.patchproof.plan.ReproductionLimits;
import org.patchproof.process.LeashedRunner;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.Boot;
import org.patchproof.vm.DirectGuest;
import org.patchproof.vm.Lab;

/** Machines that fail, each recognised for what it is. The guest's own kernel plays the one under test. */
class TrialRunnerIT {
    private static DirectGuest image;

    @TempDir
    Path dir;

    @BeforeAll
    static void guest() throws Exception {
        image = GuestOfTests.image();
    }

    @Test
    void aKernelThatPanicsAtBootIsSeenAtOnceWithThePanicsLines() throws Exception {
        // Without its initrd, Debian's kernel finds no root file system.
        TrialEnd end = runner(image.kernel())
                .run(1, 1, KnownFaults.of(Set.of()), dir.resolve("work"), console(), "console.log", w -> {});
        assertThat(end.trial().outcome()).isEqualTo(Trial.Outcome.INFRA);
        assertThat(end.proof()).isEmpty();
        assertThat(String.join("\n", end.bootFailure())).contains("Unable to mount root fs");
        // Seen because of the panic, not because a deadline passed.
        assertThat(end.trial().detail()).contains("panic: VFS: Unable to mount root fs");
        assertThat(end.bootDoubt()).isEmpty();
    }

    @Test
    void whatIsNoKernelDoesNotBoot() throws Exception {
        Path junk = Files.writeString(dir.resolve("vmlinuz"), "no kernel at all");
        TrialEnd end = runner(junk)
                .run(1, 1, KnownFaults.of(Set.of()), dir.resolve("work"), console(), "console.log", w -> {});
        assertThat(end.bootFailure()).isNotEmpty();
        assertThat(end.trial().outcome()).isEqualTo(Trial.Outcome.INFRA);
    }

    private Path console() {
        return dir.resolve("console.log");
    }

    private TrialRunner runner(Path kernel) throws Exception {
        GuestSetup setup = new GuestSetup(image, Acceleration.TCG, 2, 512L << 20, List.of("mitigations=off"));
        KernelUnderTest under = new KernelUnderTest(
                List.of(Path.of("none.rpm")),
                "kernel-1-1.x86_64",
                "1-1.x86_64",
                "/boot/vmlinuz-1",
                "0",
                Optional.empty());
        InstallOutcome.Installed installed = new InstallOutcome.Installed(
                image.disk(), new Boot.Kernel(kernel, Optional.empty(), setup.kernelArguments()), "dnf", Duration.ZERO);
        Path scripts = Files.createDirectories(dir.resolve("bug"));
        for (String name : List.of("begin.sh", "end.sh")) {
            Files.writeString(scripts.resolve(name), "#!/bin/bash\nexit 0\n");
            Files.setPosixFilePermissions(scripts.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        TrialPlan plan = new TrialPlan(
                scripts.resolve("begin.sh"),
                scripts.resolve("end.sh"),
                Map.of(),
                new ReproductionLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
                EvidencePatterns.of(Pattern.compile("never printed")));
        return new TrialRunner(new Lab(new LeashedRunner()), setup, under, installed, plan);
    }
}
