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
            new TreeMap<>(Map.of("x.c", SHA, "gone.c", SourceIndex.ABSENT, "l.c", "is a symbolic link")));

    @Test
    void whatIsPrintedIsReadAgain() {
        assertThat(SourceIndex.parse(INDEX.print())).contains(INDEX);
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
