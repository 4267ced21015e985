package org.patchproof.repro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.console.EvidencePatterns;
import org.patchproof.plan.ReproductionLimits;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.release.Gpg;
import org.patchproof.release.PackageSigning;
import org.patchproof.release.Repository;
import org.patchproof.release.SigningKey;
import org.patchproof.release.TamperedCopies;
import org.patchproof.release.TamperedCopies.RepoFile;
import org.patchproof.release.Tampering;
import org.patchproof.repro.CustomerGuest.Kernels;
import org.patchproof.repro.CustomerGuest.Offer;
import org.patchproof.testing.ThrowAwayKey;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.DirectGuest;
import org.patchproof.vm.Lab;

/**
 * A customer's dnf in a real guest: whatever was tampered with is refused, the release updates the kernel, that is
 * removed again. The packages hold a file called a kernel; the guest's own kernel runs all along.
 */
class CustomerGuestIT {
    private static final String ID = "patchproof-demo";
    private static final LeashedRunner TOOLS = new LeashedRunner();

    @TempDir
    Path dir;

    @Test
    void aCustomersDnfRefusesWhatWasTamperedWithUpdatesAndGoesBack() throws Exception {
        DirectGuest image = GuestOfTests.image();
        GuestSetup setup = new GuestSetup(image, Acceleration.TCG, 2, 1L << 30, List.of());
        Lab lab = new Lab(TOOLS);
        Kernels kernels = new Kernels(kernel("1"), kernel("1.fix"));
        Path consoles = Files.createDirectories(dir.resolve("consoles"));
        InstallOutcome.Installed old = new Installer(lab, setup)
                .install(kernels.old(), dir.resolve("unfixed"), consoles.resolve("install.log"))
                .match(
                        done -> done,
                        refused -> {
                            throw new AssertionError(refused.lines());
                        },
                        trouble -> {
                            throw new AssertionError(trouble.why());
                        });
        CustomerGuest guest = new CustomerGuest(
                lab,
                setup,
                kernels,
                new TrialPlan(
                        dir.resolve("begin.sh"),
                        dir.resolve("end.sh"),
                        Map.of(),
                        new ReproductionLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        EvidencePatterns.of(Pattern.compile("never printed"))),
                new CustomerGuest.Places(old.disk(), Files.createDirectories(dir.resolve("work")), consoles));

        GuestRun update = guest.update(image.own(), offer(kernels.released()));
        String all = String.join("\n", update.end().output());
        assertThat(update.end().exitCode()).as(update.end().detail() + all).isZero();
        assertThat(CustomerFinding.kindsRefused(update)).as(all).isEqualTo(Tampering.kinds());
        Map<String, List<String>> printed = CustomerFinding.printed(update);
        for (Tampering tampering : Tampering.values()) {
            assertThat(String.join("\n", printed.get(tampering.kind())))
                    .as(tampering.kind())
                    .contains(tampering.wordsOfDnf());
        }
        assertThat(update.end().event("updated").orElseThrow().value("by")).isEqualTo("update");
        // The guest's own kernel is not the one that was installed, and that is noticed.
        assertThat(CustomerFinding.update(update, Tampering.kinds()).words()).contains("not the unfixed kernel");
        guest.boot(kernels.released(), "released");
        assertThat(Files.readString(dir.resolve("work/released/vmlinuz"))).isEqualTo("kernel 1.fix\n");

        GuestRun removed = guest.remove(image.own(), ID);
        assertThat(removed.end().exitCode()).as("%s", removed.end().output()).isZero();
        guest.boot(kernels.old(), "again");
        assertThat(Files.readString(dir.resolve("work/again/vmlinuz"))).isEqualTo("kernel 1\n");
    }

    private Offer offer(KernelUnderTest released) throws Exception {
        Path published = dir.resolve("offer/published");
        Path repo = Files.createDirectories(published.resolve("repo"));
        try (ThrowAwayKey key = new ThrowAwayKey(dir, "Release Engineering <release@example.org>")) {
            Gpg gpg = new Gpg(key.runner(), Optional.of(key.passphraseFile()));
            SigningKey signing = gpg.find(key.fingerprint());
            Path publicKey = published.resolve(Repository.KEY);
            gpg.exportPublic(signing, publicKey);
            new PackageSigning(key.runner(), gpg).sign(signing, publicKey, released.packages(), repo);
            new Repository(key.runner(), gpg).index(repo, java.time.Instant.EPOCH, signing, publicKey);
            Files.writeString(
                    published.resolve(ID + ".repo"), Repository.repoFile(ID, "A fix", "file:///run/job/published"));
            Path foreign = dir.resolve("foreign.asc");
            gpg.sign(signing, publicKey, foreign);
            Path unsigned = released.packages().get(0);
            new TamperedCopies(
                            key.runner(),
                            new TamperedCopies.Original(
                                    published, unsigned.getFileName().toString(), unsigned, foreign))
                    .make(
                            dir.resolve("offer/tampered"),
                            new RepoFile(ID, "A fix", "file:///run/job/published"),
                            "file:///run/job/tampered");
        }
        return new Offer(ID, published, dir.resolve("offer/tampered"), Tampering.kinds());
    }

    /** A package with a file at a kernel's place. */
    private KernelUnderTest kernel(String release) throws Exception {
        Path topdir = dir.resolve("topdir-" + release);
        Path spec = Files.createDirectories(topdir).resolve("kernel.spec");
        String image = "/boot/vmlinuz-1-" + release + ".x86_64";
        Files.writeString(spec, """
                Name: kernel
                Version: 1
                Release: %1$s
                Summary: A file called a kernel
                License: Apache-2.0
                %%description
                None.
                %%install
                mkdir -p %%{buildroot}/boot
                echo kernel %1$s > %%{buildroot}%2$s
                %%files
                %2$s
                """.formatted(release, image));
        TOOLS.run(Command.of(
                        "rpmbuild",
                        "-bb",
                        "--nodeps",
                        "--target",
                        "x86_64",
                        "--define",
                        "_topdir " + topdir,
                        spec.toString()))
                .orThrow();
        String nevra = "kernel-1-" + release + ".x86_64";
        String sha256 = org.patchproof.files.FileDigest.sha256(
                ("kernel " + release + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new KernelUnderTest(
                List.of(topdir.resolve("RPMS/x86_64/" + nevra + ".rpm")),
                nevra,
                "1-" + release + ".x86_64",
                image,
                sha256,
                Optional.empty());
    }
}
