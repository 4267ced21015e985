package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.patchproof.testing.StubKernel;

class SideBySideTest {
    private static Hunk hunk(String body) {
        return StubKernel.patch("p.patch", "--- a/x.c\n+++ b/x.c\n" + body)
                .files()
                .get(0)
                .hunks()
                .get(0);
    }

    private static final Hunk HUNK = hunk("@@ -1,4 +1,4 @@\n first();\n-second();\n+two();\n third();\n fourth();\n");

    private static String shown(List<SideBySide.Row> rows) {
        return rows.stream()
                .map(r -> r.mark() + " " + r.patchLine().orElse("") + " / "
                        + (r.treeNumber() == 0 ? "" : r.treeNumber() + " ")
                        + r.treeLine().orElse(""))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void whatDiffersStandsSideBySide() {
        assertThat(shown(SideBySide.of(HUNK, List.of("first();", "zweite();", "third();", "fourth();"))))
                .isEqualTo("""
                          first(); / 1 first();
                        | -second(); / 2 zweite();
                          +two();\s/\s
                           third(); / 3 third();
                           fourth(); / 4 fourth();""".replace("  first", "   first"));
    }

    @Test
    void theLikestPlaceIsTakenHoweverFarAndLinesInBetweenAreShown() {
        List<String> tree = new java.util.ArrayList<>(java.util.Collections.nCopies(500, "filler();"));
        tree.addAll(List.of("first();", "new_one();", "second();", "third();", "fourth();"));
        List<SideBySide.Row> rows = SideBySide.of(HUNK, tree);
        assertThat(rows.get(0).treeNumber()).isEqualTo(501);
        assertThat(rows.get(1).mark()).isEqualTo('>');
        assertThat(rows.get(1).treeLine()).contains("new_one();");
        assertThat(SideBySide.hasAdded(HUNK, tree)).isFalse();
        tree.add(503, "two();");
        assertThat(SideBySide.hasAdded(HUNK, tree)).isTrue();
    }

    @Property(tries = 300)
    void everyLineOfTheHunkIsShownInOrderWhateverTheTree(@ForAll @Size(max = 30) List<String> tree) {
        List<String> lines = tree.stream().map(l -> l.replace("\n", "")).toList();
        List<String> left = SideBySide.of(HUNK, lines).stream()
                .flatMap(r -> r.patchLine().stream())
                .toList();
        assertThat(left).containsExactly(" first();", "-second();", "+two();", " third();", " fourth();");
    }
}
