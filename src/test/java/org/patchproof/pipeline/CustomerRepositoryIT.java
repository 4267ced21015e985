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
import org.patchproof.release.Gpg;
import org.patchproof.release.SigningKey;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.StubKernel;
import org.patchproof.testing.ThrowAwayKey;

/**
 * The released repository in the hands of a real dnf with all checks on, in a root of its own: the unfixed kernel
 * is updated to the fixed one, that is removed again, and whatever was tampered with is refused.
 */
class CustomerRepositoryIT {
    private static final String FIXED = "kernel-1.0.7-3.demo.x86_64";
    private static final String UNFIXED = "kernel-1.0.7-3.x86_64";

    @TempDir
    static Path shared;

    private static ThrowAwayKey key;
    private static Path release;
    private static Path earlier;
    private static Path vendor;

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

    /** What somebody between us and the customer may do. */
    private enum Tampering {
        FLIPPED_BYTE_IN_A_PACKAGE("has incorrect checksum") {
            @Override
            void tamper(Path repository) throws IOException {
                Path rpm = repository.resolve("repo/" + FIXED + ".rpm");
                byte[] bytes = Files.readAllBytes(rpm);
                bytes[bytes.length - 100] ^= 1;
                Files.write(rpm, bytes);
            }
        },
        SIGNATURE_OF_A_PACKAGE_REMOVED("has incorrect checksum") {
            @Override
            void tamper(Path repository) {
                run(
                        "rpmsign",
                        "--delsign",
                        repository.resolve("repo/" + FIXED + ".rpm").toString());
            }
        },
        PACKAGE_WITHOUT_SIGNATURE_IN_SIGNED_METADATA("is not signed") {
            @Override
            void tamper(Path repository) throws IOException {
                run(
                        "rpmsign",
                        "--delsign",
                        repository.resolve("repo/" + FIXED + ".rpm").toString());
                index(repository);
                sign(key, repository);
            }
        },
        PACKAGE_OF_ANOTHER_KEY_IN_SIGNED_METADATA("GPG check FAILED") {
            @Override
            void tamper(Path repository) throws IOException {
                Path rpm = repository.resolve("repo/" + FIXED + ".rpm");
                run("rpmsign", "--delsign", rpm.toString());
                try (ThrowAwayKey other = new ThrowAwayKey(
                        Files.createDirectory(repository.resolveSibling("other")), "Somebody <else@example.org>")) {
                    new Gpg(other.runner(), Optional.of(other.passphraseFile()))
                            .signPackages(new SigningKey(other.fingerprint(), ""), List.of(rpm));
                }
                index(repository);
                sign(key, repository);
            }
        },
        METADATA_CHANGED("repomd.xml GPG signature verification error: Bad GPG signature") {
            @Override
            void tamper(Path repository) throws IOException {
                Path repomd = repomd(repository);
                Files.writeString(repomd, Files.readString(repomd).replaceFirst("<revision>", "<!-- x --><revision>"));
            }
        },
        METADATA_WITHOUT_SIGNATURE("GPG signature is not available") {
            @Override
            void tamper(Path repository) throws IOException {
                index(repository);
                Files.deleteIfExists(repository.resolve("repo/repodata/repomd.xml.asc"));
            }
        },
        METADATA_OF_ANOTHER_KEY("repomd.xml GPG signature verification error: Bad GPG signature") {
            @Override
            void tamper(Path repository) throws IOException {
                try (ThrowAwayKey other = new ThrowAwayKey(
                        Files.createDirectory(repository.resolveSibling("other")), "Somebody <else@example.org>")) {
                    sign(other, repository);
                }
            }
        },
        METADATA_OF_AN_EARLIER_RELEASE("primary.xml.gz - Cannot download") {
            @Override
            void tamper(Path repository) throws IOException {
                for (String file : List.of("repomd.xml", "repomd.xml.asc")) {
                    Files.copy(
                            earlier.resolve("repo/repodata").resolve(file),
                            repository.resolve("repo/repodata").resolve(file),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        };

        private final String words;

        Tampering(String words) {
            this.words = words;
        }

        abstract void tamper(Path repository) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Tampering.class)
    void whatWasTamperedWithIsRefused(Tampering tampering) throws Exception {
        Path repository = copyOf(release);
        tampering.tamper(repository);
        Path root = rootWithUnfixedKernel();
        CommandResult result = dnf(root, repository, "install", FIXED);
        assertThat(result.ok()).as(result.output()).isFalse();
        assertThat(result.output()).contains(tampering.words);
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
        Path repos = Files.createDirectories(dir.resolve("yum.repos.d"));
        String file = Files.readString(release.resolve("patchproof-demo-fake-1.0.repo"));
        assertThat(file).contains("gpgcheck=1", "repo_gpgcheck=1");
        Files.writeString(repos.resolve("patchproof.repo"), file.replace("file://" + release, "file://" + repository));
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

    private static Path repomd(Path repository) {
        return repository.resolve("repo/repodata/repomd.xml");
    }

    private static void index(Path repository) {
        run("createrepo_c", "--quiet", repository.resolve("repo").toString());
    }

    private static void sign(ThrowAwayKey by, Path repository) {
        by.gpg(
                "--yes",
                "--pinentry-mode",
                "loopback",
                "--passphrase-file",
                by.passphraseFile().toString(),
                "--armor",
                "--detach-sign",
                "--output",
                repomd(repository) + ".asc",
                repomd(repository).toString());
    }

    private static String run(String... argv) {
        return StubKernel.run(Command.of(argv)).orThrow().output().strip();
    }
}
