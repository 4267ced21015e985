package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.Programs;
import org.patchproof.srpm.RpmPackage;
import org.patchproof.testing.FakeKernel;

/** Same inputs, same packages: built in two directories, at two times, and compared bit for bit. */
class ReproducibleBuildIT {
    /** Into the package goes what builds are tempted to write down. */
    private static final String TEMPTED = """
            make
            { pwd; echo "$RPM_BUILD_ROOT"; echo "$KBUILD_BUILD_TIMESTAMP"; echo "$KBUILD_BUILD_USER@$KBUILD_BUILD_HOST"
              echo "$KBUILD_BUILD_VERSION"; date -d @0 +%%Z; printenv KCFLAGS || true; } > arch/x86/boot/made
            """;

    @TempDir
    Path dir;

    @Test
    void twoBuildsInTwoDirectoriesAtTwoTimesAreTheSameFile() throws Exception {
        Path srpm = FakeKernel.srpm(dir, packaging(TEMPTED));
        List<Path> first = build(srpm, dir.resolve("one"));
        new LeashedRunner().run(Command.of("sleep", "1.1")).orThrow();
        List<Path> second = build(srpm, dir.resolve("quite/another"));

        RpmComparison compared = RpmComparison.of(first, second);
        assertThat(compared.differences()).isEmpty();
        assertThat(compared.packages()).isEqualTo(1);
        assertThat(FileDigest.sha256(first.get(0))).isEqualTo(FileDigest.sha256(second.get(0)));
        assertThat(query(first.get(0), "%{BUILDHOST} %{BUILDTIME}")).isEqualTo("patchproof 1795435200");
    }

    @Test
    void aTarballIsWrappedAsTheSameFile() throws Exception {
        Path packaging = Files.createDirectories(dir.resolve("packaging"));
        Files.writeString(packaging.resolve("some.config"), "CONFIG_X=y\n");
        String spec = FakeKernel.spec().replace("Source0:", "Source1: some.config\nSource0:");
        List<String> digests = new ArrayList<>();
        for (String cache : List.of("one", "other")) {
            RpmPackage srpm = new SourceWrapping(new LeashedRunner(), dir.resolve(cache))
                    .wrap(
                            spec,
                            "tarball",
                            packaging,
                            sources -> Files.setLastModifiedTime(
                                    Files.writeString(sources.resolve("linux-1.0.7.tar.gz"), "a tarball"),
                                    FileTime.fromMillis(0)),
                            dir.resolve("log"));
            digests.add(srpm.sha256());
            new LeashedRunner().run(Command.of("sleep", "1.1")).orThrow();
        }
        assertThat(digests.get(0)).isEqualTo(digests.get(1));
    }

    @Test
    void whatDiffersIsNamedFileByFile() throws Exception {
        Path srpm = FakeKernel.srpm(dir, packaging("make\ndate +%%s.%%N > arch/x86/boot/made\n"));
        RpmComparison compared = RpmComparison.of(build(srpm, dir.resolve("one")), build(srpm, dir.resolve("other")));
        assertThat(compared.same()).isFalse();
        assertThat(compared.differences()).hasSize(1);
        assertThat(compared.differences().get(0).describe())
                .matches("kernel\\.x86_64 /boot/made: content [0-9a-f]{64} and [0-9a-f]{64}");
    }

    @Test
    void aSignatureIsNoDifferenceAndALackingPackageIsOne() throws Exception {
        Path srpm = FakeKernel.srpm(dir);
        Path plain = build(srpm, dir.resolve("one")).get(0);
        Path signed = sign(Files.copy(plain, dir.resolve("signed.rpm")));
        assertThat(FileDigest.sha256(signed)).isNotEqualTo(FileDigest.sha256(plain));
        assertThat(RpmComparison.of(List.of(plain), List.of(signed)).same()).isTrue();
        assertThat(RpmComparison.of(List.of(plain), List.of()).differences())
                .extracting(RpmComparison.Difference::describe)
                .containsExactly("kernel.x86_64: only in the first set");
    }

    private static String packaging(String build) throws IOException {
        return FakeKernel.spec()
                .replace("\nmake\n", "\n" + build)
                .replace("%files\n", "%files\n/boot/made\n")
                .replace("\n%files", "install -m 644 arch/x86/boot/made %{buildroot}/boot/made\n\n%files");
    }

    private List<Path> build(Path srpm, Path work) throws Exception {
        VariantBuild build = new VariantBuild(
                new LeashedRunner(),
                FakeKernel.build(),
                FakeKernel.series("fixed", "0001-instrumentation.patch"),
                ".pp.fixed",
                CompilerCache.OFF,
                2,
                work,
                work.resolveSibling(work.getFileName() + ".log"));
        build.unpack(srpm);
        done(build.inject());
        done(build.prepare());
        done(build.prove(Set.of()));
        done(build.compile(objects -> {}));
        Path rpms = work.resolveSibling(work.getFileName() + "-rpms");
        build.collect(rpms);
        build.discard();
        try (Stream<Path> files = Files.list(rpms)) {
            return files.sorted().toList();
        }
    }

    /** With a throw-away key of its own. */
    private Path sign(Path rpm) throws IOException {
        Path home = Files.createDirectory(dir.resolve("gpg"));
        Files.setPosixFilePermissions(home, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        LeashedRunner runner = new LeashedRunner();
        runner.run(Command.of(
                                "gpg",
                                "--batch",
                                "--passphrase",
                                "",
                                "--quick-gen-key",
                                "t@invalid",
                                "rsa2048",
                                "sign",
                                "never")
                        .with("GNUPGHOME", home.toString()))
                .orThrow();
        runner.run(Command.of(
                                "rpmsign",
                                "--addsign",
                                "--define",
                                "_gpg_name t@invalid",
                                "--define",
                                "__gpg " + Programs.find("gpg").orElseThrow(),
                                rpm.toString())
                        .with("GNUPGHOME", home.toString()))
                .orThrow();
        runner.run(Command.of("gpgconf", "--kill", "all").with("GNUPGHOME", home.toString()));
        return rpm;
    }

    private static String query(Path rpm, String format) {
        return new LeashedRunner()
                .run(Command.of("rpm", "-qp", "--qf", format, rpm.toString()))
                .orThrow()
                .output();
    }

    private static <T> T done(StepOutcome<T> outcome) {
        return outcome.match(
                value -> value,
                rejected -> {
                    throw new AssertionError("rejected: " + rejected);
                },
                broken -> {
                    throw new AssertionError("broken: " + broken);
                });
    }
}
