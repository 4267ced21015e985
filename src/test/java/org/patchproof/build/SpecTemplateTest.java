package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecTemplateTest {

    @Test
    void fillsEachNameAndLeavesTheRestByteForByte() {
        String filled = SpecTemplate.fill("""
                # Each of @NAMES@ is filled in.
                Version: @VERSION@
                * Mon Nov 23 2026 a <a@b> - @VERSION@-@RELEASE@
                - x@y@z and @lower@ cost \\$1 %{?dist} @ VERSION @""", Map.of("VERSION", "6.1.192", "RELEASE", "2"));

        assertThat(filled).isEqualTo("""
                # Each of @NAMES@ is filled in.
                Version: 6.1.192
                * Mon Nov 23 2026 a <a@b> - 6.1.192-2
                - x@y@z and @lower@ cost \\$1 %{?dist} @ VERSION @""");
    }

    @Test
    void aValueIsNeitherAPatternNorFilledAgain() {
        assertThat(SpecTemplate.fill("A: @A@, @B@", Map.of("A", "$1\\n@B@", "B", "b")))
                .isEqualTo("A: $1\\n@B@, b");
    }

    @Test
    void namesWithoutValueAreAllSaidWithThoseThatAreKnown() {
        assertThatThrownBy(() -> SpecTemplate.fill("@NO@ @A@ @ALSO@ @NO@", Map.of("B", "2", "A", "1")))
                .isInstanceOfSatisfying(SourceMissingException.class, e -> {
                    assertThat(e).hasMessage("kernel.spec has names that nothing fills: @ALSO@, @NO@");
                    assertThat(e.remedy()).isEqualTo("Known are [A, B], each between two @.");
                });
    }
}
