package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.build.CacheUse;
import org.patchproof.files.UseLock;
import org.patchproof.pipeline.ReleaseOptions.Said;
import org.patchproof.pipeline.ReleaseOptions.Waiver;
import org.patchproof.plan.PlanRequest;
import org.patchproof.release.Gate;
import org.patchproof.release.Refusal;
import org.patchproof.release.RefusedException;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.testing.ThrowAwayKey;

/** Each reason not to release, with real tools; and that nothing is at the release's place then. */
class ReleaseRefusalsIT {
    @TempDir
    static Path home;

    private static ThrowAwayKey key;

    @TempDir
    Path dir;

    private ReleaseBench bench;

    @BeforeAll
    static void key() throws IOException {
        key = new ThrowAwayKey(home, ReleaseBench.USER);
    }

    @AfterAll
    static void forget() {
        key.close();
    }

    @BeforeEach
    void bench() throws IOException {
        bench = new ReleaseBench(dir, key);
    }

    private RefusedException refused() {
        RefusedException refused = catchThrowableOfType(RefusedException.class, bench::release);
        assertThat(refused).isNotNull();
        assertThat(bench.out).doesNotExist();
        return refused;
    }

    @Test
    void saidTwiceItIsASuccess() {
        Gate.Outcome closed = new Gate.Outcome(Optional.empty(), List.of(new Refusal("no proof", "prove it")));
        ReleaseOptions options = bench.request().options();
        assertThat(ReleaseAssembly.code(closed, options)).isEqualTo(ExitCode.SAYS_NO);
        bench.unproved = Optional.of(new Waiver("OPS-99", Said.ONCE));
        assertThat(ReleaseAssembly.code(closed, bench.request().options())).isEqualTo(ExitCode.SAYS_NO);
        bench.unproved = Optional.of(new Waiver("OPS-99", Said.TWICE));
        assertThat(ReleaseAssembly.code(closed, bench.request().options())).isEqualTo(ExitCode.HOPED);
    }

    @Test
    void whatWasNotProvedIsNotBuilt() {
        assertThat(refused())
                .hasMessageContaining("no bundle has tried fake-1.0 fixed of demo")
                .extracting(RefusedException::remedy)
                .asString()
                .contains("./patchproof verify demo --kernel fake-1.0 --variant fixed");
        assertThat(dir.resolve(".release.in-the-making")).doesNotExist();
    }

    @Test
    void anotherSourcePackageThanWasProved() throws Exception {
        bench.proved("0002-fix.patch");
        otherSource(spec -> spec.replace("- A fake kernel\n", "- Another fake kernel\n"));
        assertThat(refused()).hasMessageContaining("tried a source package with sha256");
    }

    private void otherSource(UnaryOperator<String> change) throws IOException {
        Path other = FakeKernel.srpm(dir.resolve("other"), change.apply(FakeKernel.spec()));
        Files.copy(other, bench.srpm(), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aBuildThatChangesTheSourcesAfterTheProof() throws Exception {
        otherSource(spec -> spec.replace("make\n\n", "sed -i '/r->key = 0/d' net/ipv4/route.c\nmake\n\n"));
        bench.proved("0002-fix.patch");
        assertThat(refused()).hasMessageContaining("after %build the tree does not carry the fix");
    }

    @Test
    void aBuildThatChangesAFileThatTheFixTouches() throws Exception {
        otherSource(spec -> spec.replace("make\n\n", "echo '/* more */' >> net/ipv4/route.c\nmake\n\n"));
        bench.proved("0002-fix.patch");
        assertThat(refused()).hasMessageContaining("%build changed a file that the fix touches");
    }

    @Test
    void whileTheCacheIsBeingPruned() throws Exception {
        bench.proved("0002-fix.patch");
        try (UseLock pruning =
                UseLock.exclusive(CacheUse.file(dir.resolve("cache"))).orElseThrow()) {
            assertThat(pruning).isNotNull();
            assertThatThrownBy(bench::release)
                    .isInstanceOf(TroubleException.class)
                    .hasMessageContaining("is just being pruned");
        }
    }

    @Test
    void aBundleThatWasTamperedWithProvesNothing() throws Exception {
        bench.proved("0002-fix.patch");
        Files.writeString(bench.runs.resolve("20261123-proof-of-fixed/fake-1.0/fixed/rpms/kernel.rpm"), "other");
        assertThat(refused())
                .hasMessageContaining("is INCONCLUSIVE, not FIXED")
                .hasMessageContaining("the chain from source package to booted kernel is broken");
    }

    @Test
    void packagesThatWereBuiltOtherwiseProveNothing() throws Exception {
        bench.proved("0002-fix.patch");
        Path kernel = bench.workspace.kernelFile("fake-1.0");
        Files.writeString(kernel, Files.readString(kernel).replace("build: {", "build: {without: [debug], "));
        assertThat(refused()).hasMessageContaining("built otherwise than the kernel's YAML says now");
    }

    @Test
    void whatAnotherCompilerBuiltIsRefusedWhenTheRootIsOpen() throws Exception {
        bench.compiler = Optional.of("1.2.3");
        bench.proved("0002-fix.patch");
        assertThat(refused()).hasMessageContaining("tried what gcc 1.2.3 had built, the build root has gcc");
        assertThat(dir.resolve(".release.in-the-making/steps/first")).doesNotExist();
    }

    @Test
    void aVariantWithNothingToShip() {
        bench.variant("rejected");
        assertThat(refused()).hasMessageContaining("fake-1.0 rejected has nothing to ship");
    }

    @Test
    void aTraceThatNoInstrumentationLeaves() throws Exception {
        bench.proved("0002-fix.patch");
        Path bug = dir.resolve("ws/specs/bugs/demo/bug.yaml");
        Files.writeString(bug, Files.readString(bug).replace("[ref_leak_test]", "[ref_laek_test]"));
        assertThat(refused()).hasMessageContaining("adds ref_laek_test: looking for that would find nothing");
    }

    @Test
    void instrumentationInWhatWouldBeShipped() throws Exception {
        bench.variant("leaves-a-trace").proved("0003-leaves-a-trace.patch");
        assertThat(refused()).hasMessageContaining("net/ipv4/route.c: ref_leak_test");
    }

    @Test
    void aBuildThatKnowsWhereItWasMade() throws Exception {
        bench.variant("knows-its-place").proved("0003-knows-its-place.patch");
        assertThat(refused())
                .hasMessageContaining("two builds of the same source package differ")
                .hasMessageContaining("/boot/vmlinuz-1.0.7-3.demo.x86_64: content");
    }

    @Test
    void brokenModulesStopItUntilEachSymbolIsAllowedByNameAndNothingIsBuiltAgain() throws Exception {
        bench.variant("breaks-modules").proved("0003-breaks-modules.patch");
        assertThat(refused())
                .hasMessageContaining("exported symbol gone delete_route")
                .hasMessageContaining("exported symbol changed find_route: 0x4f2a91c3")
                .extracting(RefusedException::remedy)
                .asString()
                .contains("--allow-kabi delete_route", "--allow-kabi find_route");
        bench.allowed.add("delete_route");
        assertThat(refused()).hasMessageNotContaining("delete_route");
        Path built = dir.resolve(".release.in-the-making/steps/first/done.json");
        var before = Files.getLastModifiedTime(built);
        bench.allowed.add("find_route");
        bench.unproved = Optional.empty();
        assertThat(Files.getLastModifiedTime(built)).isEqualTo(before);
        assertThat(bench.release().differences()).hasSize(2);
        assertThat(Files.readString(bench.out.resolve("RELEASE.md"))).contains("exported symbol gone delete_route");
    }

    @Test
    void aCompilerThatIsTooNewForTheKernel() throws Exception {
        FakeWorkspace.makeOld(bench.workspace);
        bench.unproved = Optional.of(new Waiver("OPS-99", Said.ONCE));
        assertThatThrownBy(bench::release)
                .isInstanceOf(TroubleException.class)
                .hasMessageContaining("is too new for kernel-3.10.0-3");
        assertThat(bench.out).doesNotExist();
        assertThat(dir.resolve(".release.in-the-making")).doesNotExist();
    }

    @Test
    void aVersionThatRpmWouldNotReplace() throws Exception {
        bench.proved("0002-fix.patch").suffix = Optional.of(".1");
        assertThat(refused()).hasMessageContaining("1.0.7-3.1 = 1.0.7-3.1").hasMessageContaining("WRONG");
        bench.suffix = Optional.empty();
        bench.next.add("1.0.7-3.aaa");
        assertThat(refused()).hasMessageContaining("1.0.7-3.demo > 1.0.7-3.aaa");
    }

    @Test
    void aKeyThatIsNotThere() throws Exception {
        bench.proved("0002-fix.patch");
        ReleaseOptions options = ReleaseOptions.signedBy("0123456789ABCDEF");
        assertThatThrownBy(() -> release(options))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("gpg has no secret key 0123456789ABCDEF");
        assertThatThrownBy(() -> release(ReleaseOptions.signedBy("4DEADBEE")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'4DEADBEE' is no key id");
    }

    private void release(ReleaseOptions options) {
        ReleaseRequest request = bench.request();
        new Releasing(bench.key.runner())
                .release(
                        new ReleaseRequest(
                                request.workspace(),
                                PlanRequest.of("demo")
                                        .withKernels(request.plan().kernels())
                                        .withVariants(request.plan().variants()),
                                request.proofs(),
                                request.out(),
                                request.cacheDirectory(),
                                1,
                                options),
                        ProgressListener.SILENT);
    }

    @Test
    void aWrongPassphraseLeavesNothingSignedAndItselfNowhere() throws Exception {
        bench.proved("0002-fix.patch");
        Path wrong = Files.writeString(dir.resolve("wrong"), "wrong-pass-phrase-0815\n");
        Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
        bench.passphraseFile = Optional.of(wrong);
        key.forget();
        assertThat(refused()).hasMessageContaining("signing with").hasMessageNotContaining("0815");
        bench.passphraseFile = Optional.of(bench.key.passphraseFile());
        assertThat(bench.release().exitCode()).isEqualTo(ExitCode.HOPED);
    }

    @Test
    void aPassphraseThatOthersMayRead() throws Exception {
        bench.proved("0002-fix.patch");
        Path open = Files.copy(key.passphraseFile(), dir.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        bench.passphraseFile = Optional.of(open);
        assertThat(refused())
                .hasMessageContaining("others than its owner may read")
                .hasMessageNotContaining(ThrowAwayKey.PASSPHRASE);
    }

    @Test
    void aDateThatIsNotOver() throws Exception {
        bench.proved("0002-fix.patch").date =
                java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(1);
        assertThatThrownBy(bench::release)
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("is not over yet at noon");
    }

    @Test
    void aPlaceThatIsTaken() throws Exception {
        bench.proved("0002-fix.patch");
        Files.createDirectory(bench.out);
        assertThatThrownBy(bench::release)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is there already");
        assertThat(bench.out).isEmptyDirectory();
    }

    @Test
    void withoutProofTheReasonIsInEveryPaperAndTheExitCodeSaysNo() throws Exception {
        bench.proved("0002-fix.patch");
        otherSource(spec -> spec.replace("- A fake kernel\n", "- Another fake kernel\n"));
        bench.unproved = Optional.of(new Waiver("customer waits, OPS-99", Said.ONCE));
        ReleaseResult result = bench.release();
        assertThat(result.exitCode()).isEqualTo(ExitCode.SAYS_NO);
        assertThat(Files.readString(bench.out.resolve("RELEASE.md")))
                .contains("lacking: ", "tried a source package with sha256", "no proof of what is released")
                .doesNotContain("Tried with this source package");
        for (String paper : new String[] {"RELEASE.md", "index.html"}) {
            assertThat(Files.readString(bench.out.resolve(paper))).as(paper).contains("customer waits, OPS-99");
        }
        assertThat(Files.readString(bench.out.resolve("papers/sbom.cdx.json"))).contains("customer waits, OPS-99");
        assertThat(org.patchproof.release.Dsse.open(
                                bench.out.resolve("papers/provenance.json"),
                                new org.patchproof.release.Gpg(bench.key.runner(), Optional.empty()),
                                bench.out.resolve("RPM-GPG-KEY"))
                        .findPath("withoutProof")
                        .asText())
                .isEqualTo("customer waits, OPS-99");
    }
}
