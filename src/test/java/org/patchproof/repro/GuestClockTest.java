package org.patchproof.repro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.patchproof.console.Evidence;
import org.patchproof.console.EvidenceCollector;
import org.patchproof.console.EvidencePatterns;

class GuestClockTest {
    private long now;

    @Test
    void aGuestThatKeepsTimeOrFallsBehindIsTrusted() {
        assertThat(after(60).leapt(guest(60))).isEmpty();
        assertThat(after(60).leapt(guest(62))).isEmpty();
        assertThat(after(180).leapt(guest(60))).as("a busy host").isEmpty();
    }

    @Test
    void aClockThatLeaptAheadIsNot() {
        assertThat(after(30).leapt(guest(42)).orElseThrow()).contains("42.0 s passed for it in 30.0 s");
    }

    @Test
    void withoutBothEndsNothingIsSaid() {
        assertThat(new GuestClock(() -> 0).leapt(guest(60))).isEmpty();
        assertThat(after(1).leapt(Evidence.none())).isEmpty();
    }

    @Test
    void bothTimesGoIntoTheBundle() {
        TreeMap<String, String> measured = new TreeMap<>();
        after(90).measure(guest(60), measured);
        assertThat(measured).containsEntry("clock.host-seconds", "90.0").containsEntry("clock.guest-seconds", "60.0");
    }

    private GuestClock after(long hostSeconds) {
        GuestClock fresh = new GuestClock(() -> now);
        now = 5_000_000_000L;
        fresh.hear("begin");
        now += Duration.ofSeconds(hostSeconds).toNanos();
        fresh.hear("devices-gone");
        now += 1_000_000_000L;
        fresh.hear("devices-gone");
        return fresh;
    }

    private static Evidence guest(int seconds) {
        EvidenceCollector collector = new EvidenceCollector(EvidencePatterns.none());
        String console =
                String.format("[    2.000000] patchproof: begin%n[%5d.000000] patchproof: devices-gone%n", 2 + seconds);
        collector.accept(console.getBytes(StandardCharsets.UTF_8));
        return collector.finish();
    }
}
