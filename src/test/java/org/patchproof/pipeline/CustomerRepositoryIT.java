package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.release.TamperedCopies;
import org.patchproof.release.Tampering;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.StubKernel;
import org.patchproof.testing.ThrowAwayKey;

/**
 * The released repository in the hands of a real dnf with all checks on, in a root of its own: the unfixed kernel
 * is updated to the fixed one, that is removed again, and whatever was tampered with is refused.
 */
class CustomerRepositoryIT {
    private static final String FIXED = "kernel-1.0.7-3.demo.x86_64";
    private static final String ID = "patchproof-demo-fake-1.0";
    private static final String UNFIXED = "kernel-1.0.7-3.x86_64";

    @TempDir
    static Path shared;

    private static ThrowAwayKey key;
    private static Path release;
    private static Path earlier;
    private static Path vendor;
    private static Path offer;

    @TempDir
    Path dir;

    /** Two releases, a day apart, and the vendor's broken kernel as it was installed. */
    @BeforeAll
    static void released() throws Exception {
        key = new ThrowAwayKey(shared, ReleaseBench.USER);
        earlier = release("earlier", LocalDate.of(2026, 11, 23), ".alpha");
        release = release("later", LocalDate.of(2026, 11, 24), ".demo");
        Path topdir = shared.resolve("vendor");
        Path srpm = FakeKernel.srpm(Files.createDirectories(shared.resolve("made")));
        StubKernel.run(Command.of("rpmbuild", "--rebuild", "--nodeps", "--define", "_topdir " + topdir, srpm.toString())
                        .within(Duration.ofMinutes(2)))
                .orThrow();
        vendor = topdir.resolve("RPMS/x86_64/" + UNFIXED + ".rpm");
        tamper();
    }

    /** As the guest of a release gets it, but for where it lies. */
    private static void tamper() throws IOException {
        offer = shared.resolve("offer");
        Path published = offer.resolve("published");
        StubKernel.copy(release, published);
        Path unsigned = Files.copy(release.resolve("repo/" + FIXED + ".rpm"), shared.resolve("unsigned.rpm"));
        run("rpmsign", "--delsign", unsigned.toString());
        new TamperedCopies(
                        key.runner(),
                        new TamperedCopies.Original(
                                published, FIXED + ".rpm", unsigned, release.resolve("SHA256SUMS.asc")))
                .make(
                        offer.resolve("tampered"),
                        new TamperedCopies.RepoFile(ID, "A fix", "file://" + published),
                        "file://" + offer.resolve("tampered"));
    }

    private static Path release(String name, LocalDate date, String suffix) throws IOException {
        ReleaseBench bench = new ReleaseBench(Files.createDirectory(shared.resolve(name)), key);
        bench.proved("0002-fix.patch").date = date;
        bench.suffix = Optional.of(suffix);
        return bench.release().directory();
    }

    @AfterAll
    static void forget() {
        key.close();
    }

    @Test
    void theUnfixedKernelIsUpdatedAndTheFixedOneRemovedAgain() throws Exception {
        Path repository = copyOf(release);
        Path root = rootWithUnfixedKernel();
        CommandResult installed = dnf(root, repository, "install", FIXED);
        assertThat(installed.ok()).as(installed.output()).isTrue();
        assertThat(kernels(root)).containsExactlyInAnyOrder(UNFIXED, FIXED);
        assertThat(root.resolve("boot/vmlinuz-1.0.7-3.demo.x86_64")).exists();

        CommandResult removed = dnf(root, repository, "remove", FIXED);
        assertThat(removed.ok()).as(removed.output()).isTrue();
        assertThat(kernels(root)).containsExactly(UNFIXED);
        assertThat(root.resolve("boot/vmlinuz-1.0.7-3.x86_64")).exists();
    }

    @Test
    void anUpdateBringsItByItself() throws Exception {
        Path root = rootWithUnfixedKernel();
        CommandResult updated = dnf(root, copyOf(release), "update");
        assertThat(updated.ok()).as(updated.output()).isTrue();
        assertThat(kernels(root)).contains(FIXED);
    }

    @ParameterizedTest
    @EnumSource(Tampering.class)
    void whatWasTamperedWithIsRefused(Tampering tampering) throws Exception {
        Path root = rootWithUnfixedKernel();
        Path repoFile = offer.resolve("tampered/" + tampering.kind() + "/" + ID + ".repo");
        refused(root, dnf(root, Files.readString(repoFile), "install", FIXED), tampering.wordsOfDnf());
    }

    @Test
    void theSignedMetadataOfAnEarlierReleaseIsRefused() throws Exception {
        Path repository = copyOf(release);
        for (String file : List.of("repomd.xml", "repomd.xml.asc")) {
            Files.copy(
                    earlier.resolve("repo/repodata").resolve(file),
                    repository.resolve("repo/repodata").resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Path root = rootWithUnfixedKernel();
        refused(root, dnf(root, repository, "install", FIXED), "primary.xml.gz - Cannot download");
    }

    private static void refused(Path root, CommandResult result, String words) {
        assertThat(result.ok()).as(result.output()).isFalse();
        assertThat(result.output()).contains(words);
        assertThat(kernels(root)).containsExactly(UNFIXED);
    }

    private Path copyOf(Path original) throws IOException {
        Path copy = dir.resolve("published");
        StubKernel.copy(original, copy);
        return copy;
    }

    private Path rootWithUnfixedKernel() {
        Path root = dir.resolve("root");
        run("rpm", "--root", root.toString(), "--install", "--nodeps", "--nosignature", vendor.toString());
        return root;
    }

    /** As the release's own .repo says, but for where it lies; nothing of this host's configuration is used. */
    private CommandResult dnf(Path root, Path repository, String... what) throws IOException {
        String file = Files.readString(release.resolve(ID + ".repo"));
        assertThat(file).contains("gpgcheck=1", "repo_gpgcheck=1");
        return dnf(root, file.replace("file://" + release, "file://" + repository), what);
    }

    private CommandResult dnf(Path root, String repoFile, String... what) throws IOException {
        Path repos = Files.createDirectories(dir.resolve("yum.repos.d"));
        Files.writeString(repos.resolve("patchproof.repo"), repoFile);
        Path configuration = Files.writeString(dir.resolve("dnf.conf"), "[main]\ninstallonlypkgs=kernel\n");
        Stream<String> head = Stream.of(
                "dnf",
                "--assumeyes",
                "--config=" + configuration,
                "--installroot=" + root,
                "--releasever=1",
                "--forcearch=x86_64",
                "--setopt=reposdir=" + repos,
                "--setopt=cachedir=" + Files.createDirectories(dir.resolve("cache")),
                "--setopt=pluginpath=" + dir.resolve("plugins"),
                "--nodocs");
        return StubKernel.run(
                Command.of(Stream.concat(head, Stream.of(what)).toList()).within(Duration.ofMinutes(2)));
    }

    private static List<String> kernels(Path root) {
        return run("rpm", "--root", root.toString(), "-q", "kernel").lines().toList();
    }

    private static String run(String... argv) {
        return StubKernel.run(Command.of(argv)).orThrow().output().strip();
    }
}
