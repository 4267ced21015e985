package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.DebianSource;
import org.patchproof.plan.GitSource;
import org.patchproof.plan.KernelSource;
import org.patchproof.plan.KernelSpec;
import org.patchproof.plan.SrpmLocation;
import org.patchproof.plan.SrpmSource;
import org.patchproof.plan.Workspace;
import org.patchproof.srpm.UnpackedSource;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeRunner;
import org.patchproof.testing.RpmBuilder;

/** Which source package is taken for a kernel's, and what is said of each that is not. No tool is run. */
class SourceAssemblyTest {
    private static final String FILE = "demo-1.0-1.src.rpm";

    @TempDir
    Path dir;

    private final FakeRunner runner = new FakeRunner();
    private Workspace workspace;
    private SourceAssembly assembly;
    private Path srpm;

    @BeforeEach
    void workspace() throws IOException {
        Files.createDirectories(dir.resolve("specs"));
        Files.createDirectories(dir.resolve("srpms"));
        workspace = Workspace.at(dir);
        srpm = workspace.srpms().resolve(FILE);
        assembly = new SourceAssembly(runner, workspace, dir.resolve("cache"));
    }

    @Test
    void theRightFileIsTakenAsItIs() throws IOException {
        RpmBuilder.demo().write(srpm);
        String sha256 = RpmBuilder.hex("SHA-256", Files.readAllBytes(srpm));
        KernelSpec kernel = kernel(new SrpmSource(FILE, Optional.of("demo-1.0-1"), Optional.of(sha256)));

        assembly.require(kernel);
        AssembledSource source = assembly.assemble(kernel, dir.resolve("log"));

        assertThat(source.srpm()).isEqualTo(srpm);
        assertThat(source.sha256()).isEqualTo(sha256);
        assertThat(source.nevra()).isEqualTo("demo-1.0-1.src");
        assertThat(source.how()).isEqualTo("given: " + srpm + ", not signed");
        assertThat(dir.resolve("cache")).doesNotExist();
    }

    @Test
    void theUsersOwnPathComesBeforeTheUsualOne() throws IOException {
        Path mine = RpmBuilder.demo().write(dir.resolve("mine.rpm"));
        AssembledSource source = assembly.assemble(kernel(at(new SrpmLocation.LocalFile(mine))), dir.resolve("log"));
        assertThat(source.srpm()).isEqualTo(mine);
    }

    @Test
    void whereAKeyIsNamedTheSignatureCounts() throws IOException {
        RpmBuilder.demo().write(srpm);
        Path key = Files.writeString(dir.resolve("key.asc"), "-----BEGIN PGP PUBLIC KEY BLOCK-----");
        SrpmSource source =
                new SrpmSource(FILE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key));
        runner.answer("rpmkeys", 0, "    Header V4 RSA/SHA256 Signature, key ID fd431d51: OK\n");
        assertThat(assembly.assemble(kernel(source), dir.resolve("log")).how())
                .endsWith(", verified: Header V4 RSA/SHA256 Signature, key ID fd431d51");
        runner.forget("rpmkeys").answer("rpmkeys", 0, "    MD5 digest: OK\n");
        assertThatThrownBy(() -> assembly.require(kernel(source)))
                .isInstanceOf(SourceMissingException.class)
                .hasMessageContaining("it is not signed");
    }

    @Test
    void unpackingRefusesWhatAssemblingDoes() throws IOException {
        RpmBuilder.demo().write(srpm);
        String sha256 = RpmBuilder.hex("SHA-256", Files.readAllBytes(srpm));
        SrpmSource right = new SrpmSource(FILE, Optional.of("demo-1.0-1"), Optional.of(sha256));
        assertThat(unpack(right, "right").specFile()).hasContent("Name: demo\n");

        SrpmSource otherName = new SrpmSource(FILE, Optional.of("demo-1.0-2"), Optional.empty());
        assertThatThrownBy(() -> unpack(otherName, "name"))
                .isInstanceOf(SourceMissingException.class)
                .hasMessageContaining("is demo-1.0-1, not demo-1.0-2");
        SrpmSource otherDigest = new SrpmSource(FILE, Optional.empty(), Optional.of("0".repeat(64)));
        assertThatThrownBy(() -> unpack(otherDigest, "digest"))
                .isInstanceOf(SourceMissingException.class)
                .hasMessageContaining("has sha256 " + sha256);

        Path key = Files.writeString(dir.resolve("key.asc"), "-----BEGIN PGP PUBLIC KEY BLOCK-----");
        SrpmSource signed =
                new SrpmSource(FILE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(key));
        runner.answer("rpmkeys", 0, "    MD5 digest: OK\n");
        assertThatThrownBy(() -> unpack(signed, "unsigned"))
                .isInstanceOf(SourceMissingException.class)
                .hasMessageContaining("it is not signed");
        runner.forget("rpmkeys").answer("rpmkeys", 0, "    Header V4 RSA/SHA256 Signature, key ID fd431d51: OK\n");
        assertThat(unpack(signed, "signed").sha256()).isEqualTo(sha256);
        // By the time of its verification it is another file.
        runner.on("rpmkeys", () -> RpmBuilder.demo().file("evil.sh", "x").write(srpm));
        assertThatThrownBy(() -> unpack(signed, "exchanged"))
                .isInstanceOf(SourceMissingException.class)
                .hasMessageContaining("was changed while it was read");
    }

    private UnpackedSource unpack(SrpmSource source, String topdir) throws IOException {
        return assembly.unpack(kernel(source).source(), "demo", dir.resolve("log"), dir.resolve(topdir));
    }

    @Test
    void aMissingFileIsSaidWithItsPlaceAndTheOption() {
        refused(any(), "demo needs " + FILE + ", and there is no " + srpm, "--srpm demo=PATH");
    }

    @Test
    void aDirectoryIsNoFile() throws IOException {
        Files.createDirectory(srpm);
        refused(any(), "there is no " + srpm, "--srpm demo=PATH");
    }

    @Test
    void anAddressWithoutASha256IsRefused() {
        URI url = URI.create("https://vault.example/demo.src.rpm");
        refused(at(new SrpmLocation.Url(url)), "demo is to come from " + url, "Pass --srpm-sha256 demo=HEX");
    }

    @Test
    void anotherSha256IsSaidWithBoth() {
        RpmBuilder.demo().write(srpm);
        String wanted = "0".repeat(64);
        refused(
                new SrpmSource(FILE, Optional.empty(), Optional.of(wanted)),
                "asked for was " + wanted,
                "from a place you trust");
    }

    @Test
    void anotherPackageIsSaidWithBoth() {
        RpmBuilder.demo().write(srpm);
        refused(
                new SrpmSource(FILE, Optional.of("demo-1.0-2"), Optional.empty()),
                srpm + " is demo-1.0-1, not demo-1.0-2",
                "Name the package of this kernel");
    }

    @Test
    void aBinaryPackageIsRefused() {
        RpmBuilder.binary().write(srpm);
        refused(any(), srpm + " is a binary package (demo-1.0-1.x86_64)", "Name the .src.rpm.");
        assertThatThrownBy(() -> unpack(any(), "binary")).isInstanceOfSatisfying(SourceMissingException.class, e -> {
            assertThat(e.getMessage()).contains("is a binary package");
            assertThat(e.remedy()).doesNotContain("again");
        });
    }

    @Test
    void whatIsNoPackageIsRefused() throws IOException {
        Files.writeString(srpm, "<html>404</html>");
        refused(any(), srpm.toString(), "Get " + FILE + " again.");
        Files.write(srpm, new byte[0]);
        refused(any(), srpm.toString(), "Get " + FILE + " again.");
    }

    @Test
    void aTruncatedPackageIsRefusedWhereverItEnds() throws IOException {
        byte[] whole = RpmBuilder.demo().build();
        String sha256 = RpmBuilder.hex("SHA-256", whole);
        SrpmSource source = new SrpmSource(FILE, Optional.of("demo-1.0-1"), Optional.of(sha256));
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(srpm, Arrays.copyOf(whole, length));
            refused(source, srpm.toString(), "again");
        }
    }

    @Test
    void aTruncatedPackageIsRefusedWithoutASha256Too() throws IOException {
        byte[] whole = RpmBuilder.demo().build();
        Files.write(srpm, Arrays.copyOf(whole, whole.length - 1));
        refused(any(), srpm.toString(), "Get " + FILE + " again.");
    }

    @Test
    void aMissingTarballNamesItsPackage() {
        Path tarball = dir.resolve("linux-source-6.1.tar.xz");
        refused(
                new DebianSource("linux-source-6.1", tarball, dir),
                "there is no " + tarball,
                "apt-get install linux-source-6.1");
    }

    private static SrpmSource any() {
        return new SrpmSource(FILE, Optional.empty(), Optional.empty());
    }

    private static SrpmSource at(SrpmLocation location) {
        return new SrpmSource(FILE, Optional.empty(), Optional.empty(), Optional.of(location), Optional.empty());
    }

    private static KernelSpec kernel(KernelSource source) {
        return new KernelSpec("demo", "Demo", "x86_64", source, FakeKernel.build(), "guest");
    }

    /** Refused when asked beforehand as when it is wanted. */
    private void refused(KernelSource source, String what, String remedy) {
        assertThatThrownBy(() -> assembly.require(kernel(source)))
                .isInstanceOfSatisfying(SourceMissingException.class, e -> {
                    assertThat(e.getMessage()).contains(what);
                    assertThat(e.remedy()).contains(remedy);
                });
        assertThatThrownBy(() -> assembly.assemble(kernel(source), dir.resolve("log")))
                .isInstanceOf(SourceMissingException.class)
                .hasMessageContaining(what);
        assertThat(runner.asked()).as("tools that were run").isEmpty();
    }

    @Test
    void aRepositoryThatIsNotThereOrLacksTheCommitOrHoldsNoKernelIsSaidToBe() throws IOException {
        KernelSpec kernel = kernel(new GitSource(dir.resolve("linux"), "next", dir));
        assertThatThrownBy(() -> assembly.require(kernel))
                .isInstanceOf(SourceMissingException.class)
                .hasMessage("there is no git repository " + dir.resolve("linux"));
        Files.createDirectories(dir.resolve("linux"));
        String git = "git -C " + dir.resolve("linux");
        runner.answer(git + " rev-parse", 128, "fatal: Needed a single revision");
        assertThatThrownBy(() -> assembly.require(kernel))
                .hasMessage(dir.resolve("linux") + " has no commit next: fatal: Needed a single revision");
        runner.forget(git + " rev-parse").answer(git + " rev-parse", 0, "0123456789".repeat(4));
        assembly.require(kernel);
        runner.answer(git + " show", 0, "all:\n\techo hello");
        assertThatThrownBy(() -> assembly.assemble(kernel, dir.resolve("log")))
                .hasMessageContaining("next of " + dir.resolve("linux") + " is no kernel");
        assertThat(dir.resolve("cache")).doesNotExist();
    }
}
