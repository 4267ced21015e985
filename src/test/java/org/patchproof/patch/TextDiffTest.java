package org.patchproof.patch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.patchproof.testing.StubKernel;

class TextDiffTest {
    @Test
    void aDiffIsAPatch() {
        String diff = TextDiff.unified("SPECS/kernel.spec", "a\nb\nc\n", "a\nb\nx\nc");
        assertThat(diff).isEqualTo("""
                --- a/SPECS/kernel.spec
                +++ b/SPECS/kernel.spec
                @@ -1,3 +1,4 @@
                 a
                 b
                -c
                +x
                +c
                \\ No newline at end of file
                """);
        assertThat(StubKernel.patch("d", diff).paths()).containsExactly("SPECS/kernel.spec");
    }

    @Test
    void equalTextsDoNotDiffer() {
        assertThat(TextDiff.unified("x", "a\n", "a\n")).isEmpty();
    }
}
