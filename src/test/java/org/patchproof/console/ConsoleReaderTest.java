package org.patchproof.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.patchproof.console.ConsoleLine.Flaw;

class ConsoleReaderTest {

    @Test
    void takesStampCallerAndLevelOffTheText() {
        assertThat(only("[   12.345678] IPv4: hello"))
                .isEqualTo(line(1, 0, Duration.ofNanos(12_345_678_000L), null, "IPv4: hello"));
        assertThat(only("[   12.345678][   T123] hello").caller()).contains("T123");
        assertThat(only("[   12.345678][     C2] hello"))
                .isEqualTo(line(1, 0, Duration.ofNanos(12_345_678_000L), "C2", "hello"));
        assertThat(only("<6>[   12.345678] hello").text()).isEqualTo("hello");
        assertThat(only("<6>hello").text()).isEqualTo("hello");
        assertThat(only("[   T9] no stamp").caller()).contains("T9");
        assertThat(only("[12345678.000001] long up").stamp())
                .contains(Duration.ofSeconds(12_345_678).plusNanos(1000));
    }

    @Test
    void keepsWhatOnlyLooksLikeAStamp() {
        assertThat(only("[1.5] of [    1.5] and a[3.141592] and [   12.345678]x")
                        .text())
                .isEqualTo("[1.5] of [    1.5] and a[3.141592] and [   12.345678]x");
        assertThat(only("  indented").text()).isEqualTo("  indented");
        assertThat(only("[   12.345678]  foo+0x1/0x2").text()).isEqualTo(" foo+0x1/0x2");
    }

    @Test
    void takesOffEscapesCarriageReturnsAndNuls() {
        assertThat(only("\u001Bc\u001B[?7l\u001B[2J\u001B[0mSea\0BIOS\r").text())
                .isEqualTo("SeaBIOS");
        assertThat(only("\u001B]0;title\u0007\u001B(Bprompt\u001B").text()).isEqualTo("prompt");
        assertThat(only("\u001Bc\u001B[2J[    0.000000] Linux version 6.1").stamp())
                .contains(Duration.ZERO);
    }

    @Test
    void splitsMessagesThatStandOnOneLine() {
        assertThat(read("first\nlogin: [    1.000000] one[    2.000000][   C1] two\nlast"))
                .extracting(ConsoleLine::number, ConsoleLine::offset, ConsoleLine::text)
                .containsExactly(
                        tuple(1L, 0L, "first"),
                        tuple(2L, 6L, "login:"),
                        tuple(2L, 13L, "one"),
                        tuple(2L, 31L, "two"),
                        tuple(3L, 57L, "last"));
    }

    @Test
    void takesOffWhatSyslogPutsBeforeAMessage() {
        assertThat(read("Nov 23 07:03:17 node7 kernel: BUG: x\n"
                        + "2026-11-23T07:03:17.123456+01:00 node7 kernel: [   12.345678] BUG: y\n"
                        + "Nov 23 07:03:17 node7 sshd[12]: BUG: z"))
                .extracting(ConsoleLine::text)
                .containsExactly("BUG: x", "BUG: y", "Nov 23 07:03:17 node7 sshd[12]: BUG: z");
    }

    @Test
    void dropsTheRestOfALongLineAndSaysSo() {
        List<ConsoleLine> lines = read("x".repeat(100_000) + "\nnext\n");
        assertThat(lines.get(0).text()).hasSize(ConsoleLine.LIMIT);
        assertThat(lines.get(0).flaws()).containsExactly(Flaw.TRUNCATED);
        assertThat(lines.get(1)).isEqualTo(line(2, 100_001, null, null, "next"));
    }

    @Test
    void decodesLeniently() {
        byte[] bytes = {'a', (byte) 0xFF, 'b', '\n'};
        List<ConsoleLine> lines = new ArrayList<>();
        ConsoleReader reader = new ConsoleReader(lines::add);
        reader.accept(bytes);
        assertThat(lines.get(0).text()).isEqualTo("a\uFFFDb");
        assertThat(lines.get(0).flaws()).containsExactly(Flaw.UNDECODABLE);
    }

    @Test
    void handsOverALineOnceItsEndIsThere() {
        List<ConsoleLine> lines = new ArrayList<>();
        ConsoleReader reader = new ConsoleReader(lines::add);
        reader.accept("one\ntw".getBytes(StandardCharsets.UTF_8));
        assertThat(lines).extracting(ConsoleLine::text).containsExactly("one");
        reader.accept("o".getBytes(StandardCharsets.UTF_8));
        reader.finish();
        assertThat(lines).extracting(ConsoleLine::text).containsExactly("one", "two");
        assertThat(reader.lines()).isEqualTo(2);
        assertThat(reader.bytes()).isEqualTo(7);
    }

    @Property(tries = 200)
    void noBytesBreakItAndChunksMakeNoDifference(
            @ForAll @Size(max = 300) List<Byte> bytes, @ForAll @IntRange(min = 1, max = 7) int chunk) {
        byte[] all = new byte[bytes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes.get(i) % 5 == 0 ? (byte) "\n[]\u001B 1.0".charAt(Math.abs(bytes.get(i)) % 8) : bytes.get(i);
        }
        List<ConsoleLine> whole = new ArrayList<>();
        ConsoleReader once = new ConsoleReader(whole::add);
        once.accept(all);
        once.finish();
        List<ConsoleLine> pieces = new ArrayList<>();
        ConsoleReader often = new ConsoleReader(pieces::add);
        for (int i = 0; i < all.length; i += chunk) {
            often.accept(all, i, Math.min(chunk, all.length - i));
        }
        often.finish();
        assertThat(pieces).isEqualTo(whole);
        assertThat(often.bytes()).isEqualTo(all.length);
    }

    private static ConsoleLine line(long number, long offset, Duration stamp, String caller, String text) {
        return new ConsoleLine(
                number, offset, Optional.ofNullable(stamp), Optional.ofNullable(caller), text, java.util.Set.of());
    }

    private static ConsoleLine only(String text) {
        List<ConsoleLine> lines = read(text + "\n");
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static List<ConsoleLine> read(String text) {
        List<ConsoleLine> lines = new ArrayList<>();
        ConsoleReader reader = new ConsoleReader(lines::add);
        reader.accept(text.getBytes(StandardCharsets.UTF_8));
        reader.finish();
        return lines;
    }
}
