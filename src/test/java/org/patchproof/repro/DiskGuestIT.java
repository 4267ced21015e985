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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.console.EvidencePatterns;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.plan.ImageGuest;
import org.patchproof.plan.ReproductionLimits;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.BootableImage;
import org.patchproof.testing.Caches;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.Boot;
import org.patchproof.vm.BootLoader;
import org.patchproof.vm.DiskGuest;
import org.patchproof.vm.GuestBuilder;
import org.patchproof.vm.Lab;

/**
 * The whole way of an image that boots by itself, with real tools, emulated: its first start with the seed of
 * its cloud-init, in by SSH, a kernel's RPM installed by its own dnf, its GRUB told, and the new kernel booted
 * by it, in which a bug of a toy's size is shown.
 *
 * <p>Some five minutes, most of them a distribution that starts: bench/disk-guest runs it. DiskGuestJobIT has the
 * story with a machine that is played, in seconds.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiskGuestIT {
    @TempDir
    static Path dir;

    private static InstallOutcome.Installed installed;

    private final Lab lab = new Lab(new LeashedRunner());

    @Test
    @Order(1)
    void theImageIsMadeAGuestOnceAndAKernelIsInstalledByItsOwnTools() throws Exception {
        DiskGuest guest = guest();
        assertThat(guest.bootLoader()).isEqualTo(BootLoader.GRUB);
        InstallOutcome outcome = new Installer(lab, setup(guest))
                .install(kernel(), dir.resolve("work"), dir.resolve("install-console.log"));
        assertThat(outcome).isInstanceOf(InstallOutcome.Installed.class);
        installed = (InstallOutcome.Installed) outcome;
        assertThat(installed.boot()).isEqualTo(new Boot.Loader());
        assertThat(installed.manager()).isEqualTo("dnf");
    }

    @Test
    @Order(2)
    void theInstalledKernelIsBootedByTheGuestsBootLoaderAndShowsTheBug() throws Exception {
        TrialEnd end = trial(installed);
        assertThat(end.trial().detail()).contains("toy is still held");
        assertThat(end.trial().outcome()).isEqualTo(Trial.Outcome.REPRODUCED);
        BootProof proof = end.proof().orElseThrow();
        assertThat(proof.missing()).isEmpty();
        assertThat(proof.release()).isEqualTo(kernel().release());
        assertThat(proof.buildId()).isPresent();
        assertThat(end.command()).contains("order=c", "-nic none").doesNotContain("-kernel", "hostfwd");
        assertThat(Files.readString(dir.resolve("console.log")))
                .contains("Linux version " + kernel().release(), "patchproof.toy=1");
    }

    @Test
    @Order(3)
    void aGuestThatBootsItsOldKernelIsNoEvidenceForTheNewOne() throws Exception {
        DiskGuest guest = guest();
        TrialEnd end = trial(new InstallOutcome.Installed(guest.disk(), new Boot.Loader(), "dnf", Duration.ZERO));
        assertThat(end.trial().outcome()).isEqualTo(Trial.Outcome.INFRA);
        assertThat(end.trial().detail()).contains("not the kernel under test: uname -r is '6.1.");
        assertThat(end.bootFailure()).isEmpty();
    }

    @Test
    @Order(4)
    void nothingIsLeft() throws Exception {
        assertThat(ProcessHandle.current()
                        .descendants()
                        .map(p -> p.info().command().orElse("")))
                .noneMatch(command -> command.contains("qemu"));
        assertThat(dir.resolve("trial")).doesNotExist();
        assertThat(Caches.shared().resolve("guests").resolve(guest().digest() + ".part"))
                .doesNotExist();
        assertThat(guest().disk().resolveSibling("seed.iso")).doesNotExist();
    }

    private TrialEnd trial(InstallOutcome.Installed base) throws Exception {
        Path scripts = Files.createDirectories(dir.resolve("bug"));
        script(scripts.resolve("begin.sh"), "echo '<6>toy is taken' > /dev/kmsg\nsleep 60\n");
        script(scripts.resolve("end.sh"), """
                . ./lib.sh
                event teardown-done
                echo '<6>toy is still held' > /dev/kmsg
                echo '<6>toy is still held' > /dev/kmsg
                sleep 5
                """);
        TrialPlan plan = new TrialPlan(
                scripts.resolve("begin.sh"),
                scripts.resolve("end.sh"),
                Map.of(),
                new ReproductionLimits(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5)),
                EvidencePatterns.of(Pattern.compile("toy is still held")));
        Path work = dir.resolve("trial");
        try {
            return new TrialRunner(lab, setup(guest()), kernel(), base, plan)
                    .run(1, 1, KnownFaults.of(Set.of()), work, dir.resolve("console.log"), "console.log", word -> {});
        } finally {
            Trees.delete(work);
        }
    }

    private static void script(Path file, String text) throws Exception {
        Files.writeString(file, "#!/bin/bash\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static DiskGuest guest() throws Exception {
        Path disk = BootableImage.disk();
        ImageGuest spec =
                new ImageGuest("cloud", "Debian 12 that boots", disk, Optional.empty(), FileDigest.sha256(disk));
        return (DiskGuest) new GuestBuilder(new LeashedRunner(), Caches.shared())
                .under(Acceleration.TCG)
                .build(spec, Caches.shared().resolve("tests/guest.log"), word -> {});
    }

    private static GuestSetup setup(DiskGuest guest) {
        return new GuestSetup(guest, Acceleration.TCG, 2, 1L << 30, List.of("mitigations=off", "patchproof.toy=1"));
    }

    private static KernelUnderTest kernel() throws Exception {
        Path made = BootableImage.kernel();
        String release = Files.readString(made.resolve("release")).strip();
        return new KernelUnderTest(
                List.of(made.resolve("kernel.rpm")),
                "kernel-6.12-1.x86_64",
                release,
                "/boot/vmlinuz-" + release,
                Files.readString(made.resolve("sha256")).strip(),
                Optional.empty());
    }
}
