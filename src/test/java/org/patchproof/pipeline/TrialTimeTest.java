package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrialTimeTest {
    private final AtomicLong now = new AtomicLong(-5);

    @Test
    void itBeginsWithTheFirstTrial() {
        TrialTime time = new TrialTime(Optional.of(Duration.ofMinutes(45)), now::get);
        pass(Duration.ofHours(1));
        assertThat(time.over()).as("a cold build takes nothing from it").isFalse();
        time.trial();
        pass(Duration.ofMinutes(44));
        time.trial();
        assertThat(time.over()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(time.over()).isTrue();
    }

    @Test
    void withoutABoundItIsNeverOver() {
        TrialTime time = new TrialTime(Optional.empty(), now::get);
        time.trial();
        pass(Duration.ofDays(9));
        assertThat(time.over()).isFalse();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
