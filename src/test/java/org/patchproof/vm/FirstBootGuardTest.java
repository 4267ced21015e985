package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FirstBootGuardTest {
    /** A shell whose answer never comes, until it is closed. */
    private static final class Mute implements GuestShell {
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public Answer say(Words words) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer(1, "hung up");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    @Timeout(30)
    void whoWaitsForAGuestThatDiedIsToldAtOnce() {
        Mute shell = new Mute();
        AtomicInteger asked = new AtomicInteger();
        try (FirstBootGuard guard = new FirstBootGuard(
                shell,
                () -> asked.incrementAndGet() < 3 ? Optional.empty() : Optional.of("its kernel panicked"),
                Duration.ofMillis(1))) {
            shell.say(new GuestShell.Words("true", "", Duration.ofHours(1)));
            assertThat(guard.why()).contains("its kernel panicked");
        }
        assertThat(asked).hasValue(3);
    }

    @Test
    @Timeout(30)
    void aGuestThatLivesIsNotHungUpOn() throws Exception {
        Mute shell = new Mute();
        CountDownLatch asked = new CountDownLatch(5);
        try (FirstBootGuard guard = new FirstBootGuard(
                shell,
                () -> {
                    asked.countDown();
                    return Optional.empty();
                },
                Duration.ofMillis(1))) {
            asked.await();
            assertThat(guard.why()).isEmpty();
            assertThat(shell.closed.getCount()).isEqualTo(1);
        }
    }
}
