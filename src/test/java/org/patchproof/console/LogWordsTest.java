package org.patchproof.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LogWordsTest {
    private final LogWords words = new LogWords();

    @Test
    void usualWordsAreCommoner() {
        assertThat(words.common("container", 0)).isGreaterThan(words.common("Kalk", 0));
    }

    @Test
    void whatALogBeginsWithIsCommoner() {
        int before = words.common("Kalkulation", 0);
        byte[] log = "Kalkulation Kalkulation Kalkulation unread".getBytes(StandardCharsets.US_ASCII);

        words.count(log, log.length - "unread".length());

        assertThat(words.common("Kalkulation", 0)).isEqualTo(before + 3 * (1 + 10));
        assertThat(words.common("unre", 0)).isEqualTo(new LogWords().common("unre", 0));
    }

    @Test
    void aPairAtTheEndCountsAsAPair() {
        assertThat(words.common("xyzq", 2)).isEqualTo(1);
    }

    /** The gate takes it with whatever follows: it costs as much as it is met. */
    @Test
    void aPairAtTheEndIsAsCommonAsItIsMet() {
        int before = words.common("xyKa", 2);
        byte[] log = "Kalkulation Karo".getBytes(StandardCharsets.US_ASCII);

        words.count(log, log.length);

        assertThat(words.common("xyKa", 2)).isEqualTo(before + 2 * (1 + 10));
    }
}
