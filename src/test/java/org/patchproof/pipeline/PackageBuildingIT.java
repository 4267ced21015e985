package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.BuildResult.Built;
import org.patchproof.plan.PlanRequest;
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
        assertThat(steps).contains("fixed BUILD").doesNotContain("control BUILD");

        Path patch = workspace.patches("demo", "fake-1.0").resolve("0002-fix.patch");
        Files.writeString(patch, Files.readString(patch).replace("r->key = 0;", "r->key = 1;"));
        build(workspace, "fixed");
        assertThat(steps).contains("fixed BUILD").doesNotContain("control BUILD");
    }

    private BuildResult build(Workspace workspace, String... variants) {
        notes.clear();
        steps.clear();
        VerifyRequest request = VerifyRequest.of(workspace, "demo")
                .withPlan(PlanRequest.of("demo").withVariants(List.of(variants)))
                .withRunsDirectory(dir.resolve("runs"))
                .withCacheDirectory(dir.resolve("cache"));
        return new PackageBuilding().build(request, Shipping.PACKAGES, new ProgressListener() {
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
        });
    }
}
