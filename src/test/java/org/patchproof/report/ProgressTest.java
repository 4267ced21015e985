package org.patchproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchproof.report.ProgressLines.Who;

class ProgressTest {
    private static final Who WHO = new Who("linux-6.1", "fixed");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private Instant now = Instant.EPOCH;

    @Test
    void plainLinesForALog() {
        ProgressLines lines = new PlainProgress(out, () -> now);
        lines.note("evidence bundle: runs/1");
        later(1);
        lines.started(WHO, "building", "", Optional.of(Duration.ofSeconds(370)));
        lines.progressed(WHO, "building", "CC a.o");
        later(29);
        lines.progressed(WHO, "building", "CC b.o");
        later(1);
        lines.progressed(WHO, "building", "CC c.o");
        later(3600);
        lines.finished(WHO, "building", Duration.ofSeconds(3630), "kernel-6.1.x86_64");
        lines.close();
        assertThat(text()).isEqualTo("""
                [00:00:00] evidence bundle: runs/1
                [00:00:01] linux-6.1 fixed: building (about 6 min 10 s)
                [00:00:31] linux-6.1 fixed: building: CC c.o
                [01:00:31] linux-6.1 fixed: building: done in 1 h: kernel-6.1.x86_64
                """);
    }

    @Test
    void aRedrawnLineForEachAtWorkOnATerminal() {
        ProgressLines lines = new LiveProgress(out, () -> now, 70);
        lines.started(WHO, "building", "", Optional.of(Duration.ofMinutes(6)));
        lines.started(new Who("linux-6.1", ""), "unpacking", "", Optional.empty());
        later(90);
        bytes.reset();
        lines.progressed(WHO, "building", "CC " + "x".repeat(80) + "\n\u001b[2J");
        String text = text();
        assertThat(text).startsWith("\u001b[2A\r\u001b[J");
        assertThat(text.replace("\u001b[2A\r\u001b[J", "").lines())
                .anySatisfy(l -> assertThat(l)
                        .startsWith("linux-6.1 fixed: building, 1 min 30 s of about 6 min: CC xxxxx")
                        .hasSize(69))
                .anySatisfy(l -> assertThat(l).isEqualTo("linux-6.1: unpacking, 1 min 30 s"));
        bytes.reset();
        lines.finished(WHO, "building", Duration.ofSeconds(90), "");
        assertThat(text()).contains("linux-6.1 fixed: building: done in 1 min 30 s\nlinux-6.1: unpacking");
        bytes.reset();
        lines.close();
        assertThat(text()).isEqualTo("\u001b[1A\r\u001b[J");
    }

    @Test
    void aTickRedrawsOnlyWhatIsAtWork() {
        ProgressLines lines = new LiveProgress(out, () -> now, 80);
        lines.tick();
        assertThat(text()).isEmpty();
        lines.started(WHO, "booting", "", Optional.empty());
        bytes.reset();
        later(5);
        lines.tick();
        assertThat(text()).contains("booting, 5 s");
    }

    @Test
    void numbersAsPeopleReadThem() {
        assertThat(Words.of(Duration.ofMillis(-5))).isEqualTo("0 s");
        assertThat(Words.of(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Words.of(Duration.ofSeconds(60))).isEqualTo("1 min");
        assertThat(Words.of(Duration.ofMinutes(65))).isEqualTo("1 h 5 min");
        assertThat(Words.number(0.05)).isEqualTo("0.05");
        assertThat(Words.number(0.0040123)).isEqualTo("0.00401");
        assertThat(Words.number(1.2e-9)).isEqualTo("1.2e-09");
        assertThat(Words.number(0)).isEqualTo("0");
        assertThat(Words.number(95)).isEqualTo("95");
        assertThat(Words.number(100)).isEqualTo("100");
    }

    private void later(long seconds) {
        now = now.plusSeconds(seconds);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
