package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.BuildResult.Built;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.SrpmOverride;
import org.patchproof.plan.Workspace;
import org.patchproof.testing.FakeWorkspace;

/** Packages only, with the real rpmbuild, and only what is not there yet. */
class PackageBuildingIT {
    @TempDir
    Path dir;

    private final List<String> notes = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();

    @Test
    void whatIsThereIsNotBuiltAgainUnlessItChanged() throws Exception {
        Workspace workspace = FakeWorkspace.make(dir.resolve("ws"));
        BuildResult first = build(workspace, "fixed", "rejected");

        assertThat(first.exitCode()).isEqualTo(ExitCode.SAYS_NO);
        assertThat(first.variants())
                .extracting(built -> built.variant() + " " + built.stage().orElse("built"))
                .containsExactly("control built", "fixed built", "rejected patch");
        Path home = dir.resolve("runs/build-demo-fake-1.0");
        Built fixed = first.variants().get(1);
        assertThat(fixed.packages())
                .allSatisfy(rpm -> assertThat(rpm).startsWith(home).isRegularFile());
        RunRecord record = Bundle.read(home);
        assertThat(record.state()).isEqualTo(ShippedBuild.STATE);
        assertThat(record.cells().get(0).variants().get(0).proof().orElseThrow().baseDigest())
                .isEqualTo(record.cells()
                        .get(0)
                        .variants()
                        .get(1)
                        .proof()
                        .orElseThrow()
                        .baseDigest());
        assertThat(home.resolve("work")).doesNotExist();

        BuildResult again = build(workspace, "fixed");
        assertThat(again.exitCode()).isEqualTo(ExitCode.HOPED);
        assertThat(notes)
                .contains("fake-1.0/control: built by the earlier run", "fake-1.0/fixed: built by the earlier run");
        assertThat(steps).doesNotContain("control BUILD", "fixed BUILD");
        assertThat(again.variants().get(1).packages()).isEqualTo(fixed.packages());
        assertThat(Bundle.read(home).cells().get(0).variants())
                .as("variants that were not asked for stay")
                .extracting(RunRecord.VariantRecord::name)
                .containsExactly("control", "fixed", "rejected");

        Files.writeString(fixed.packages().get(0), "damaged");
        build(workspace, "fixed");
        assertThat(steps).doesNotContain("fixed BUILD", "control BUILD");
        assertThat(notes).contains("fake-1.0/fixed: packages from the cache, which were built of the same");
        assertThat(made(home)).containsExactly("control CLEAN", "fixed CACHED");

        Path patch = workspace.patches("demo", "fake-1.0").resolve("0002-fix.patch");
        Files.writeString(patch, Files.readString(patch).replace("r->key = 0;", "r->key = 1;"));
        build(workspace, "fixed");
        assertThat(steps).contains("fixed BUILD").doesNotContain("control BUILD");
    }

    /** By it the launcher learns which classes a build takes: one that ends early would teach it half of them. */
    @Test
    void whatTheLauncherRehearsesWithGoesAKernelsWholeWay() throws Exception {
        Path rehearsal = Path.of("src/main/rehearsal");
        SrpmOverride srpm =
                new SrpmOverride(rehearsal.resolve("kernel-1-1.src.rpm").toString(), Optional.empty());
        VerifyRequest request = VerifyRequest.of(Workspace.at(rehearsal), "rehearsal")
                .withPlan(PlanRequest.of("rehearsal")
                        .withVariants(List.of("control"))
                        .withOverrides(Map.of("rehearsal", srpm)))
                .withRunsDirectory(dir.resolve("runs"))
                .withCacheDirectory(dir.resolve("cache"));
        BuildResult built = new PackageBuilding().build(request, Shipping.PACKAGES, listener());
        assertThat(built.exitCode()).isEqualTo(ExitCode.HOPED);
        assertThat(built.variants())
                .singleElement()
                .satisfies(control -> assertThat(control.made()).contains("clean"));
        assertThat(new CacheKeeping(dir.resolve("cache")).show())
                .extracting(CacheItem::kind)
                .contains(CacheItem.Kind.TREE, CacheItem.Kind.PACKAGES);
    }

    @Test
    void aBuildSaysWithWhatItBeganAndNothingWrongComesOutOfTheCache() throws Exception {
        Workspace workspace = FakeWorkspace.make(dir.resolve("ws"));
        BuildResult first = build(workspace, "one", BuildPolicy.REUSE, "fixed", "rejected", "broken");
        assertThat(made(home("one"))).containsExactly("control CLEAN", "fixed INCREMENTAL");
        assertThat(first.variants().get(1).made()).contains("incremental, in the built tree of control");
        // What a patch cannot do in the tree of another it must be seen not to do in its own.
        assertThat(steps).containsSubsequence("rejected INJECT", "rejected PREPARE", "rejected UNPACK");
        assertThat(steps).doesNotContain("broken UNPACK");
        assertThat(first.variants().get(3).lines().get(0)).contains("error: ");

        build(workspace, "two", BuildPolicy.REUSE, "fixed");
        assertThat(made(home("two"))).containsExactly("control CACHED", "fixed CACHED");
        assertThat(steps).doesNotContain("control UNPACK", "control BUILD", "fixed BUILD");
        for (String variant : List.of("control", "fixed")) {
            assertThat(Bundle.read(home("two")).cells().get(0).variants())
                    .filteredOn(record -> record.name().equals(variant))
                    .singleElement()
                    .satisfies(record -> assertThat(PackageFiles.damaged(
                                    home("two"), record.build().orElseThrow()))
                            .isEmpty());
        }

        build(workspace, "three", BuildPolicy.CLEAN, "fixed");
        assertThat(made(home("three"))).containsExactly("control CACHED", "fixed CLEAN");
        assertThat(rpms("three")).as("clean and incremental").isEqualTo(rpms("one"));

        try (Stream<Path> kept = Files.walk(dir.resolve("cache/packages"))) {
            for (Path rpm :
                    kept.filter(file -> file.toString().endsWith(".rpm")).toList()) {
                Files.write(rpm, new byte[] {0}, StandardOpenOption.APPEND);
            }
        }
        build(workspace, "four", BuildPolicy.REUSE, "fixed");
        assertThat(notes)
                .filteredOn(note -> note.contains("are not as they were left"))
                .hasSize(2);
        assertThat(made(home("four"))).doesNotContain("control CACHED", "fixed CACHED");
        assertThat(rpms("four")).isEqualTo(rpms("one"));
    }

    private Path home(String runs) {
        return dir.resolve(runs).resolve("build-demo-fake-1.0");
    }

    private static List<String> made(Path home) throws IOException {
        return Bundle.read(home).cells().get(0).variants().stream()
                .flatMap(variant ->
                        variant
                                .build()
                                .flatMap(RunRecord.Build::made)
                                .map(made -> variant.name() + " " + made.how())
                                .stream())
                .toList();
    }

    private List<String> rpms(String runs) throws IOException {
        return Bundle.read(home(runs)).cells().get(0).variants().stream()
                .flatMap(variant -> variant.build().stream())
                .flatMap(build -> build.packages().stream())
                .map(rpm -> rpm.nevra() + " " + rpm.sha256())
                .toList();
    }

    private BuildResult build(Workspace workspace, String... variants) {
        return build(workspace, "runs", BuildPolicy.REUSE, variants);
    }

    private BuildResult build(Workspace workspace, String runs, BuildPolicy policy, String... variants) {
        notes.clear();
        steps.clear();
        VerifyRequest request = VerifyRequest.of(workspace, "demo")
                .withPlan(PlanRequest.of("demo").withVariants(List.of(variants)))
                .withRunsDirectory(dir.resolve(runs))
                .withBuilds(policy)
                .withCacheDirectory(dir.resolve("cache"));
        return new PackageBuilding().build(request, Shipping.PACKAGES, listener());
    }

    private ProgressListener listener() {
        return new ProgressListener() {
            @Override
            public void started(String kernel, String variant, Step step, String detail, Optional<Duration> estimate) {
                steps.add(variant + " " + step);
            }

            @Override
            public void progressed(String kernel, String variant, Step step, String detail) {}

            @Override
            public void finished(String kernel, String variant, Step step, Duration elapsed, String detail) {}

            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
    }
}
