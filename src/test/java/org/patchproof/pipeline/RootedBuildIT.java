package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
import org.patchproof.testing.BuildRootOfTests;
import org.patchproof.testing.FakeWorkspace;

/** Packages from a container with the real podman and rpmbuild, and what a host is not let build. */
class RootedBuildIT {
    @TempDir
    Path dir;

    private final List<String> steps = new ArrayList<>();

    @Test
    void aContainerBuildsProvesAndNamesItself() throws Exception {
        Workspace workspace = FakeWorkspace.make(dir.resolve("ws"));
        BuildRootOfTests.use(workspace);

        BuildResult result = build(workspace, "fixed", "broken");

        assertThat(result.variants())
                .extracting(built -> built.variant() + " " + built.stage().orElse("built")
                        + built.trouble().orElse(""))
                .containsExactly("control built", "fixed built", "broken build");
        Built broken = result.variants().get(2);
        assertThat(broken.lines().get(0)).matches("net/ipv4/route\\.c:\\d+:\\d+: error: .*kye.*");
        assertThat(broken.lines().get(1)).isEqualTo("(a patch of this variant touches net/ipv4/route.c)");
        Path home = dir.resolve("runs/build-demo-fake-1.0");
        for (RunRecord.VariantRecord variant :
                Bundle.read(home).cells().get(0).variants().subList(0, 2)) {
            RunRecord.Root root =
                    variant.build().orElseThrow().made().orElseThrow().root().orElseThrow();
            assertThat(root.kind()).isEqualTo("container");
            assertThat(root.digest().orElseThrow()).matches("[0-9a-f]{64}");
            assertThat(root.compiler()).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(variant.build().orElseThrow().buildId()).isPresent();
        }
        assertThat(Bundle.read(home)
                        .cells()
                        .get(0)
                        .variants()
                        .get(1)
                        .build()
                        .orElseThrow()
                        .made()
                        .orElseThrow()
                        .how())
                .as("a second variant needs no clean build in a container either")
                .isEqualTo(RunRecord.How.INCREMENTAL);
        assertThat(Files.readString(home.resolve(Bundle.COMMANDS))).contains("\"podman\"", "--network=none");
        assertThat(steps.stream().filter(step -> step.endsWith(" ROOT")))
                .as("opened once for all variants")
                .containsExactly("control ROOT");
    }

    @Test
    void aCompilerThatIsTooNewIsRefusedBeforeAnythingIsBuilt() throws Exception {
        Workspace workspace = FakeWorkspace.make(dir.resolve("ws"));
        FakeWorkspace.makeOld(workspace);
        assertThatThrownBy(() -> build(workspace, "fixed")).isInstanceOfSatisfying(TroubleException.class, e -> {
            assertThat(e.getMessage()).contains("is too new for kernel-3.10.0-3", "with gcc 4 or older", "this host");
            assertThat(e.remedy()).contains("root: container", "root: mock", "compiler: any");
        });
        assertThat(steps).containsExactly(" SOURCE", "control ROOT");

        Path kernel = workspace.kernelFile("fake-1.0");
        Files.writeString(kernel, Files.readString(kernel).replace("root: host", "root: host, compiler: any"));
        assertThat(build(workspace, "fixed").exitCode()).isEqualTo(ExitCode.HOPED);
        RunRecord.Root root = Bundle.read(dir.resolve("runs/build-demo-fake-1.0"))
                .cells()
                .get(0)
                .variants()
                .get(0)
                .build()
                .orElseThrow()
                .made()
                .orElseThrow()
                .root()
                .orElseThrow();
        assertThat(root.kind()).isEqualTo("host");
        assertThat(root.packages()).matches("[0-9a-f]{64}");
    }

    private BuildResult build(Workspace workspace, String... variants) throws IOException {
        steps.clear();
        BuildRootOfTests.share(dir.resolve("cache"));
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
            public void note(String text) {}
        });
    }
}
