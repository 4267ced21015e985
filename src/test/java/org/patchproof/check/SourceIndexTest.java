package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourceIndexTest {
    private static final String SHA = "a".repeat(64);

    private static final SourceIndex INDEX = new SourceIndex(
            "kernel-6.1-2.src",
            new SourceIndex.Stored("my kernel.spec", SHA),
            List.of(new SourceIndex.Stored("more.inc", SHA)),
            List.of(new SourceIndex.Vendor(new SourceIndex.Stored("a.patch", SHA), Set.of("x.c", "y/z.c"))),
            Set.of("a.patch", "linux-6.1.tar.xz"),
            new PackedParts(
                    List.of(
                            new PackedParts.Part("patch-6.1.7.xz", "patch-6.1.7.xz", "x.c", SHA, List.of()),
                            new PackedParts.Part("series.conf", "patches.x/y.patch", "y.c", SHA, List.of("+a", "-!b"))),
                    List.of(new PackedParts.Trouble("b.patch.xz", "b.patch.xz cannot be  read:\n why"))),
            new TreeMap<>(Map.of("x.c", SHA, "gone.c", SourceIndex.ABSENT, "l.c", "is a symbolic link")));

    @Test
    void whatIsPrintedIsReadAgain() {
        assertThat(SourceIndex.parse(INDEX.print())).contains(INDEX);
    }

    @Test
    void anIndexOfAnotherVersionIsNone() {
        assertThat(INDEX.print()).startsWith("patchproof source index 7\n");
        assertThat(SourceIndex.parse(INDEX.print().replaceFirst("index \\d+", "index 1")))
                .isEmpty();
    }

    @Test
    void whatIsKnownOfAPathNowTakesThePlaceOfWhatWasAndTroublesStay() {
        PackedParts.Part now =
                new PackedParts.Part("patch-6.1.7.xz", "patch-6.1.7.xz", "x.c", "b".repeat(64), List.of());
        PackedParts.Trouble trouble = new PackedParts.Trouble("c.patch.gz", "why");
        PackedParts more = new PackedParts(List.of(now), List.of(trouble));
        PackedParts with = INDEX.with(new TreeMap<>(), more, Set.of("x.c")).packed();
        assertThat(with.parts()).containsExactly(INDEX.packed().parts().get(1), now);
        assertThat(with.troubles()).containsExactly(INDEX.packed().troubles().get(0), trouble);
    }

    @Test
    void whateverIsCutIsNoIndex() {
        String whole = INDEX.print();
        for (int end = 0; end < whole.length() - 1; end++) {
            assertThat(SourceIndex.parse(whole.substring(0, end)))
                    .as("cut at " + end)
                    .isEmpty();
        }
        assertThat(SourceIndex.parse(whole.replace("vendor", "windor"))).isEmpty();
    }
}
