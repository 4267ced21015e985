package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatchRepairTest {
    private static final Path ARTICLE = Path.of("src/test/resources/patch/article");
    private static final String ROUTE = "net/ipv4/route.c";

    /** A file in which the hunks of a patch find their old lines where they say, and nothing else. */
    private static String target(Patch patch) {
        List<String> lines = new ArrayList<>();
        for (Hunk hunk : patch.files().get(0).hunks()) {
            while (lines.size() < hunk.oldStart() - 1) {
                lines.add("/* line " + (lines.size() + 1) + " */");
            }
            lines.addAll(hunk.oldLines());
        }
        lines.add("/* the end */");
        return String.join("\n", lines) + "\n";
    }

    @Test
    void theArticlesPatchIsRestoredDownToItsTabs() throws IOException {
        Patch meant = PatchReader.read(ARTICLE.resolve("repaired.patch"));
        byte[] printed = Files.readAllBytes(ARTICLE.resolve("as-printed.patch"));
        TreeFiles tree = TreeFiles.of(Map.of(ROUTE, target(meant)));
        PatchRepair.Repair repair = PatchRepair.repair("as-printed.patch", printed, tree);
        assertThat(repair.failures()).isEmpty();
        Patch restored = repair.patch().orElseThrow();
        List<Hunk> hunks = restored.files().get(0).hunks();
        List<Hunk> wanted = meant.files().get(0).hunks();
        assertThat(hunks).hasSameSizeAs(wanted);
        for (int i = 0; i < hunks.size(); i++) {
            assertThat(hunks.get(i).header()).isEqualTo(wanted.get(i).header());
            assertThat(hunks.get(i).oldLines()).isEqualTo(wanted.get(i).oldLines());
            assertThat(tabs(hunks.get(i))).isEqualTo(tabs(wanted.get(i)));
        }
    }

    private static List<String> tabs(Hunk hunk) {
        return hunk.lines().stream()
                .map(l -> l.replaceFirst("^(.\\t*).*", "$1"))
                .toList();
    }

    @Test
    void aFileWithOtherLinesRestoresNothingAndNamesTheLine() throws IOException {
        byte[] printed = Files.readAllBytes(ARTICLE.resolve("as-printed.patch"));
        TreeFiles tree = TreeFiles.of(Map.of(ROUTE, "int other;\n"));
        PatchRepair.Repair repair = PatchRepair.repair("as-printed.patch", printed, tree);
        assertThat(repair.patch()).isEmpty();
        assertThat(repair.failures()).hasSize(5).first().asString().startsWith("as-printed.patch:4: net/ipv4/route.c");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        byte[] printed =
                "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,3 @@\nint a;\n+int b;\nint c;\n".getBytes(StandardCharsets.UTF_8);
        PatchRepair.Repair repair = PatchRepair.repair("p.patch", printed, TreeFiles.of(Map.of()));
        assertThat(repair.failures()).containsExactly("p.patch:3: the tree has no file x.c");
        assertThat(PatchRepair.paths(printed)).containsExactly("x.c");
    }

    @Test
    void carriageReturnsAndWrongCountsAreMended() {
        byte[] given = "--- a/x.c\r\n+++ b/x.c\r\n@@ -1,9 +1,9 @@\r\n a();\r\n+b();\r\n c();\r\n"
                .getBytes(StandardCharsets.UTF_8);
        TreeFiles tree = TreeFiles.of(Map.of("x.c", "z();\na();\nc();\n"));
        PatchRepair.Repair repair = PatchRepair.repair("p.patch", given, tree);
        assertThat(repair.patch().orElseThrow().content())
                .isEqualTo("--- a/x.c\n+++ b/x.c\n@@ -2,2 +2,3 @@\n a();\n+b();\n c();\n");
    }
}
