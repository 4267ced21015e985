package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.VariantSpec;
import org.patchproof.plan.Workspace;
import org.patchproof.testing.StubKernel;

/** In a workspace whose control takes the fix of its candidate out, as one for a kernel that has it must. */
class FixWarningsTest {
    private static final String FIX =
            "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,3 @@\n one();\n+drop_reference(dev);\n two();\n";
    private static final String OUT =
            "--- a/x.c\n+++ b/x.c\n@@ -1,3 +1,2 @@\n one();\n-drop_reference(dev);\n two();\n";

    @TempDir
    Path dir;

    @Test
    void aCandidateThatTakesAFixOutIsWarnedOfAndAControlIsNot() throws IOException {
        StubKernel.copy(Path.of("src/test/resources/plan/good"), dir.resolve("workspace"));
        Path patches = dir.resolve("workspace/patches/demo/fake-1.0");
        Files.writeString(patches.resolve("0002-fix.patch"), FIX);
        assertThat(warnings("fixed")).isEmpty();

        Files.writeString(patches.resolve("0001-instrumentation.patch"), OUT);
        assertThat(warnings("control")).isEmpty();

        Files.writeString(patches.resolve("0001-instrumentation.patch"), FIX);
        Files.writeString(patches.resolve("0002-fix.patch"), OUT);
        assertThat(warnings("fixed"))
                .singleElement()
                .asString()
                .contains("0002-fix.patch:3:1: warning: it takes out of x.c the fix that 0001-instrumentation.patch");
    }

    private List<String> warnings(String variant) throws IOException {
        Workspace workspace = Workspace.at(dir.resolve("workspace"));
        Plan plan = PlanLoader.load(workspace, PlanRequest.of("demo"));
        Cell cell = plan.cells().stream()
                .filter(c -> c.kernel().name().equals("fake-1.0"))
                .findFirst()
                .orElseThrow();
        VariantSpec spec = cell.variants().stream()
                .filter(v -> v.name().equals(variant))
                .findFirst()
                .orElseThrow();
        return FixWarnings.of(
                workspace, spec, SeriesOfCell.read(plan.bug(), cell).of(spec));
    }
}
