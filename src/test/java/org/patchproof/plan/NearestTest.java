package org.patchproof.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "a, '', 1",
        "'', abc, 3",
        "kitten, sitting, 3",
        "abcd, abcd, 0",
        "demo, dmeo, 1",
        "watch, wacht, 2",
        "ca, abc, 3",
        "flaw, lawn, 2"
    })
    void countsTypingMistakes(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
        assertThat(Nearest.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void namesTheNearestFirstAndAtMostThree() {
        List<String> known = List.of("linux-6.1", "linux-6.12", "linux-5.10", "linux-7.2", "el7", "linux-6.6");
        assertThat(Nearest.to("linux-6.2", known)).containsExactly("linux-6.1", "linux-6.12", "linux-6.6");
        assertThat(Nearest.to("6.12", known)).containsExactly("linux-6.12");
        assertThat(Nearest.to("LINUX-5.10", known)).containsExactly("linux-5.10", "linux-6.1", "linux-6.12");
        assertThat(Nearest.to("windows", known)).isEmpty();
        assertThat(Nearest.to("", known)).isEmpty();
        assertThat(Nearest.to("x".repeat(1_000_000), known)).isEmpty();
    }

    @Test
    void hintsListWhatIsThere() {
        assertThat(Nearest.hint("ab", List.of("ac", "zz"))).isEqualTo("Did you mean \"ac\"? Known: ac, zz.");
        assertThat(Nearest.hint("qqqqq", List.of("ac", "zz"))).isEqualTo("Known: ac, zz.");
        assertThat(Nearest.hint("ab", List.of())).isEqualTo("There are none yet.");
        assertThat(Nearest.hint("qqqqq", Collections.nCopies(25, "ac"))).endsWith("ac and 5 more.");
    }

    @Test
    void whatIsShownIsShortAndHarmless() {
        assertThat(Shown.quote("a\u001b[31m\n\u202eb")).isEqualTo("\"a?[31m??b\"");
        assertThat(Shown.quote("x".repeat(1000))).hasSizeLessThan(200).endsWith("...\"");
    }
}
