package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchproof.testing.StubKernel;

class RemovedFixesTest {
    private static final Path OURS = Path.of("patches/netdev-leak/linux-6.1");

    @Test
    void takingTheFixOutIsSeen() throws IOException {
        Patch out = PatchReader.read(OURS.resolve("0001-take-the-fix-out.patch"));
        Patch fix = PatchReader.read(OURS.resolve("0003-fix.patch"));
        assertThat(RemovedFixes.find(out, List.of(fix)))
                .extracting(LintFinding::message)
                .containsExactly("0001-take-the-fix-out.patch:12:1: warning: it takes out of net/ipv4/route.c the fix"
                        + " that 0003-fix.patch puts in");
        assertThat(RemovedFixes.find(fix, List.of(fix, out))).isEmpty();
        assertThat(RemovedFixes.find(PatchReader.read(OURS.resolve("0002-instrumentation.patch")), List.of(fix)))
                .isEmpty();
    }

    @Test
    void movingAFixIsNotTakingItOut() {
        Patch fix =
                StubKernel.patch("fix.patch", "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,3 @@\n a();\n+\tlock_it();\n c();\n");
        Patch moves = StubKernel.patch(
                "move.patch", "--- a/x.c\n+++ b/x.c\n@@ -1,3 +1,3 @@\n a();\n-\tlock_it();\n c();\n+\t\tlock_it();\n");
        Patch other =
                StubKernel.patch("other.patch", "--- a/y.c\n+++ b/y.c\n@@ -1,3 +1,2 @@\n a();\n-\tlock_it();\n c();\n");
        assertThat(RemovedFixes.find(moves, List.of(fix))).isEmpty();
        assertThat(RemovedFixes.find(other, List.of(fix))).isEmpty();
    }
}
