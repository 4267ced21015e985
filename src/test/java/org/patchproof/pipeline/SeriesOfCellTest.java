package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.testing.StubKernel;

class SeriesOfCellTest {
    @TempDir
    Path dir;

    @Test
    void everyMistakeOfEveryPatchIsSaidBeforeAnythingIsBuilt() throws IOException {
        StubKernel.copy(Path.of("src/test/resources/plan/good"), dir.resolve("workspace"));
        Path patches = dir.resolve("workspace/patches/demo/fake-1.0");
        Files.writeString(
                patches.resolve("0002-fix.patch"),
                "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,3 @@\na();\n+b();\nc();\n"
                        + "--- a/y.c\n+++ b/y.c\n@@ -1,2 +1,9 @@\n a();\n+b();\n c();\n");
        Plan plan = PlanLoader.load(Workspace.at(dir.resolve("workspace")), PlanRequest.of("demo"));
        Cell cell = plan.cells().stream()
                .filter(c -> c.kernel().name().equals("fake-1.0"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> SeriesOfCell.read(plan.bug(), cell))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("0002-fix.patch:4:1: error: white space was damaged")
                .hasMessageContaining("0002-fix.patch:9:1: error: the header counts 2 old and 9 new lines")
                .hasMessageContaining("remedy: if nothing is missing, write '@@ -1,2 +1,3 @@'");
    }
}
