package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.plan.VariantRole;
import org.patchproof.verdict.Verdict.Word;

class ExitCodeTest {

    @ParameterizedTest
    @CsvSource({
        "REPRODUCED,       CONTROL,   HOPED",
        "NOT_REPRODUCED,   CONTROL,   INCONCLUSIVE",
        "FIXED,            CONTROL,   INCONCLUSIVE",
        "PATCH_REJECTED,   CONTROL,   SAYS_NO",
        "BUILD_FAILED,     CONTROL,   SAYS_NO",
        "INCONCLUSIVE,     CONTROL,   INCONCLUSIVE",
        "FIXED,            CANDIDATE, HOPED",
        "REPRODUCED,       CANDIDATE, SAYS_NO",
        "STILL_REPRODUCES, CANDIDATE, SAYS_NO",
        "REGRESSED,        CANDIDATE, SAYS_NO",
        "PATCH_REJECTED,   CANDIDATE, SAYS_NO",
        "BUILD_FAILED,     CANDIDATE, SAYS_NO",
        "INSTALL_FAILED,   CANDIDATE, SAYS_NO",
        "BOOT_FAILED,      CANDIDATE, SAYS_NO",
        "NOT_REPRODUCED,   CANDIDATE, INCONCLUSIVE",
        "INCONCLUSIVE,     CANDIDATE, INCONCLUSIVE",
    })
    void ofOneVerdict(Word word, VariantRole role, ExitCode expected) {
        assertThat(ExitCode.of(word, role, Optional.empty())).isEqualTo(expected);
    }

    @Test
    void troubleOfOursExplainsWhyNothingIsConcludedAndNothingElse() {
        for (Word word : Word.values()) {
            ExitCode with = ExitCode.of(word, VariantRole.CANDIDATE, Optional.of("no disk"));
            ExitCode without = ExitCode.of(word, VariantRole.CANDIDATE, Optional.empty());
            assertThat(with).isEqualTo(word == Word.INCONCLUSIVE ? ExitCode.INFRASTRUCTURE : without);
        }
    }

    @Test
    void noOutweighsTroubleOutweighsInconclusive() {
        assertThat(worst("HOPED HOPED")).isEqualTo(ExitCode.HOPED);
        assertThat(worst("HOPED INCONCLUSIVE")).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(worst("INFRASTRUCTURE INCONCLUSIVE HOPED")).isEqualTo(ExitCode.INFRASTRUCTURE);
        assertThat(worst("INFRASTRUCTURE SAYS_NO INCONCLUSIVE")).isEqualTo(ExitCode.SAYS_NO);
    }

    @Test
    void aRunWithoutVariantsHasProvedNothing() {
        assertThat(ExitCode.worst(List.of())).isEqualTo(ExitCode.INCONCLUSIVE);
    }

    @Test
    void theNumbersAreAPromise() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code)).containsExactly(0, 1, 2, 3, 4);
    }

    private static ExitCode worst(String names) {
        return ExitCode.worst(
                Arrays.stream(names.split(" ")).map(ExitCode::valueOf).toList());
    }
}
