package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.ProofOutcome.Carried;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.FakeKernel;

/** A fake kernel, the real rpmbuild: every way in which a build can end. */
class VariantBuildIT {
    private static final String INSTRUMENTATION = "0001-instrumentation.patch";
    private static final String FIX = "0002-fix.patch";

    @TempDir
    Path dir;

    private Path srpm;

    @BeforeEach
    void source() throws IOException {
        srpm = FakeKernel.srpm(dir);
    }

    @Test
    void aVariantIsBuiltAndItsPackageIsRead() throws Exception {
        VariantBuild build = build("fixed", FakeKernel.build(), INSTRUMENTATION, FIX);
        BuiltKernel kernel = build(build);

        assertThat(kernel.release()).isEqualTo("1.0.7-3.pp.fixed.x86_64");
        assertThat(kernel.kernelPackage().nevra()).isEqualTo("kernel-1.0.7-3.pp.fixed.x86_64");
        assertThat(kernel.imagePath()).isEqualTo("/boot/vmlinuz-1.0.7-3.pp.fixed.x86_64");
        assertThat(kernel.imageSha256()).matches("[0-9a-f]{64}");
        assertThat(kernel.buildId()).isPresent();
        String rpm = new LeashedRunner()
                .run(Command.of(
                        "rpm",
                        "-qp",
                        "--qf",
                        "%{NEVRA}",
                        kernel.kernelPackage().file().toString()))
                .output();
        assertThat(rpm).isEqualTo(kernel.kernelPackage().nevra());
        build.discard();
        assertThat(dir.resolve("fixed/topdir")).doesNotExist();
        assertThat(kernel.kernelPackage().file()).exists();
    }

    @Test
    void variantsDifferInReleaseAndBuildIdAndShareTheirBase() throws Exception {
        VariantBuild control = build("control", FakeKernel.build(), INSTRUMENTATION);
        VariantBuild fixed = build("fixed", FakeKernel.build(), INSTRUMENTATION, FIX);
        Carried one = proved(control);
        Carried other = proved(fixed);
        BuiltKernel first = compiled(control, "control");
        BuiltKernel second = compiled(fixed, "fixed");

        assertThat(one.baseDigest()).isEqualTo(other.baseDigest());
        assertThat(one.seriesDigest()).isNotEqualTo(other.seriesDigest());
        assertThat(first.release()).isNotEqualTo(second.release());
        assertThat(first.buildId()).isNotEqualTo(second.buildId());
        assertThat(first.imageSha256()).isNotEqualTo(second.imageSha256());
    }

    @Test
    void theSpecSaysWhatWasDoneToIt() throws Exception {
        VariantBuild build = build("fixed", FakeKernel.build(), INSTRUMENTATION, FIX);
        build.unpack(srpm);
        SpecChange change = done(build.inject());
        assertThat(change.diff()).contains("ApplyPatch " + INSTRUMENTATION, "ApplyPatch " + FIX, ": " + FIX);
        assertThat(change.explanation()).isNotEmpty();
    }

    @Test
    void aPatchThatDoesNotApplyIsRejectedWithItsHunk() throws Exception {
        VariantBuild build = build("bad", FakeKernel.build(), INSTRUMENTATION, "0002-does-not-apply.patch");
        build.unpack(srpm);
        done(build.inject());
        List<String> lines = rejected(build.prepare());
        assertThat(String.join("\n", lines)).contains("FAILED").contains("+\tr->key = -1;");
    }

    @Test
    void aPatchThatTheSpecSkipsInSilenceIsRejectedByTheProof() throws Exception {
        // The traps of real specs: the call is there and does nothing.
        String spec = Files.readString(Path.of("src/test/resources/fakekernel/kernel.spec"))
                .replace("patch_command='patch -p1 -F1 -s'", "patch_command='patch -p1 -F1 -s --dry-run'");
        Path silent = FakeKernel.srpm(dir.resolve("silent"), spec);
        VariantBuild build = build("skipped", FakeKernel.build(), INSTRUMENTATION);
        build.unpack(silent);
        done(build.inject());
        done(build.prepare());
        List<String> lines = rejected(build.prove(Set.of()));
        assertThat(String.join("\n", lines)).contains(INSTRUMENTATION);
    }

    @Test
    void aPatchThatIsUndoneLaterInPrepIsRejectedByTheProof() throws Exception {
        String spec = Files.readString(Path.of("src/test/resources/fakekernel/kernel.spec"))
                .replace("%build\n", "sed -i '/ref_leak_test--/d' net/ipv4/route.c\n\n%build\n");
        Path undoing = FakeKernel.srpm(dir.resolve("undoing"), spec);
        VariantBuild build = build("undone", FakeKernel.build(), INSTRUMENTATION);
        build.unpack(undoing);
        done(build.inject());
        done(build.prepare());
        assertThat(rejected(build.prove(Set.of()))).isNotEmpty();
    }

    @Test
    void aCompileErrorIsTheVariantsFaultAndNamesItsPlace() throws Exception {
        VariantBuild build = build("broken", FakeKernel.build(), INSTRUMENTATION, "0002-breaks-the-build.patch");
        proved(build);
        List<String> lines =
                build.compile(objects -> {}).match(done -> List.of("built"), rejected -> List.of("rejected"), l -> l);
        assertThat(lines.get(0)).matches("net/ipv4/route\\.c:\\d+:\\d+: error: .*kye.*");
        assertThat(lines.get(1)).isEqualTo("(a patch of this variant touches net/ipv4/route.c)");
    }

    @Test
    void progressCountsObjects() throws Exception {
        VariantBuild build = build("fixed", FakeKernel.build(), INSTRUMENTATION, FIX);
        proved(build);
        List<Integer> counts = new ArrayList<>();
        done(build.compile(counts::add));
        assertThat(counts).containsExactly(1, 2, 3, 4);
    }

    @Test
    void theTimeLimitIsOurTroubleAndNamesItsKey() throws Exception {
        String spec = Files.readString(Path.of("src/test/resources/fakekernel/kernel.spec"))
                .replace("%build\n", "%build\nsleep 60\n");
        Path slow = FakeKernel.srpm(dir.resolve("slow"), spec);
        VariantBuild build = build("slow", FakeKernel.build(Duration.ofSeconds(3), 1), INSTRUMENTATION);
        build.unpack(slow);
        done(build.inject());
        done(build.prepare());
        done(build.prove(Set.of()));
        assertThatThrownBy(() -> build.compile(objects -> {}))
                .isInstanceOfSatisfying(BuildTroubleException.class, e -> {
                    assertThat(e.getMessage()).contains("it took more than");
                    assertThat(e.remedy()).contains("timeout");
                });
    }

    @Test
    void aMissingProgramIsOurTrouble() throws Exception {
        String spec = Files.readString(Path.of("src/test/resources/fakekernel/kernel.spec"))
                .replace("%build\n", "%build\nno-such-bison --version\n");
        Path lacking = FakeKernel.srpm(dir.resolve("lacking"), spec);
        VariantBuild build = build("lacking", FakeKernel.build(), INSTRUMENTATION);
        build.unpack(lacking);
        done(build.inject());
        done(build.prepare());
        done(build.prove(Set.of()));
        assertThatThrownBy(() -> build.compile(objects -> {}))
                .isInstanceOfSatisfying(BuildTroubleException.class, e -> {
                    assertThat(e.getMessage()).contains("a program that the build needs is missing");
                    assertThat(e.remedy()).contains("install what brings no-such-bison");
                });
    }

    @Test
    void tooLittleDiskIsSaidBeforeAnythingIsUnpackedWithTheNumbers() throws Exception {
        VariantBuild build = build("full", FakeKernel.build(Duration.ofMinutes(1), 1L << 60), INSTRUMENTATION);
        assertThatThrownBy(() -> build.unpack(srpm))
                .isInstanceOf(BuildTroubleException.class)
                .hasMessageContaining("MiB free, this build needs 1099511627776 MiB");
        assertThat(dir.resolve("full")).doesNotExist();
    }

    private VariantBuild build(String name, BuildSpec spec, String... patches) throws IOException {
        PatchSeries series = FakeKernel.series(name, patches);
        return new VariantBuild(
                new LeashedRunner(),
                spec,
                series,
                ".pp." + name,
                CompilerCache.OFF,
                2,
                dir.resolve(name),
                dir.resolve(name + ".log"));
    }

    private BuiltKernel build(VariantBuild build) throws IOException {
        proved(build);
        return compiled(build, "all");
    }

    private Carried proved(VariantBuild build) throws IOException {
        build.unpack(srpm);
        done(build.inject());
        done(build.prepare());
        return done(build.prove(Set.of()));
    }

    private BuiltKernel compiled(VariantBuild build, String name) throws IOException {
        done(build.compile(objects -> {}));
        return build.collect(dir.resolve("rpms-" + name));
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

    private static <T> List<String> rejected(StepOutcome<T> outcome) {
        return outcome.match(
                done -> {
                    throw new AssertionError("done: " + done);
                },
                lines -> lines,
                broken -> {
                    throw new AssertionError("broken: " + broken);
                });
    }
}
