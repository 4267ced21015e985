package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.LeashedRunner;

/** What a guest says and prints is bounded, whatever it does. */
class GuestWordsTest {
    @TempDir
    Path dir;

    @Test
    void linesComeWholeHoweverTheBytesCome() throws Exception {
        ChannelLines lines = new ChannelLines();
        for (byte b : "hello 6.1\r\n@ x a=1\nexit".getBytes(StandardCharsets.UTF_8)) {
            lines.accept(new byte[] {b}, 1);
        }
        assertThat(lines.next(Duration.ZERO)).contains("hello 6.1");
        assertThat(lines.next(Duration.ZERO)).contains("@ x a=1");
        assertThat(lines.next(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void aLineWithoutEndIsCut() throws Exception {
        ChannelLines lines = new ChannelLines();
        byte[] flood = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        lines.accept(flood, flood.length);
        lines.accept(new byte[] {'\n'}, 1);
        assertThat(lines.next(Duration.ZERO).orElseThrow()).hasSize(ChannelLines.LINE_LIMIT);
    }

    @Test
    void aGuestThatSaysMoreThanIsHeardFillsNoMemory() throws Exception {
        ChannelLines lines = new ChannelLines();
        byte[] flood = ("x".repeat(1000) + "\n" + "\n".repeat(1000)).repeat(500).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20; i++) {
            lines.accept(flood, flood.length);
        }
        long kept = 0;
        for (Optional<String> line = lines.next(Duration.ZERO); line.isPresent(); line = lines.next(Duration.ZERO)) {
            kept += line.get().length() + 1;
        }
        assertThat(kept).isBetween(ChannelLines.QUEUE_LIMIT - 2_000L, (long) ChannelLines.QUEUE_LIMIT);
        lines.accept("again\n".getBytes(StandardCharsets.UTF_8), 6);
        assertThat(lines.next(Duration.ZERO)).contains("again");
    }

    @Test
    void whatIsWrittenToTheFirmwaresPortIsBounded() {
        FirmwareLog log = new FirmwareLog();
        for (int i = 0; i < 1000; i++) {
            log.accept(new byte[1000], 1000);
        }
        assertThat(log.text()).hasSize(FirmwareLog.LIMIT);
    }

    @Test
    void aGuestThatPrintsForEverFillsNoDisk() throws Exception {
        Path log = dir.resolve("console.log");
        try (BoundedLog bounded = new BoundedLog(log, 1000)) {
            for (int i = 0; i < 100; i++) {
                bounded.write("0123456789012345678901234567890".getBytes(StandardCharsets.UTF_8), 31);
            }
        }
        assertThat(Files.size(log)).isLessThan(1100);
        assertThat(Files.readString(log)).contains("cut here: the guest printed more than 1000 bytes");
    }

    @Test
    void theSocketHandsOnBothWays() throws Exception {
        StringBuilder heard = new StringBuilder();
        Path path = dir.resolve("s");
        try (GuestSocket socket =
                new GuestSocket(path, (bytes, n) -> heard.append(new String(bytes, 0, n, StandardCharsets.UTF_8)))) {
            assertThat(socket.send("too early")).isFalse();
            try (SocketChannel guest = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                guest.connect(UnixDomainSocketAddress.of(path));
                guest.write(StandardCharsets.UTF_8.encode("hi\n"));
                org.awaitility.Awaitility.await().until(() -> heard.length() == 3);
                assertThat(socket.send("stop")).isTrue();
                ByteBuffer answer = ByteBuffer.allocate(16);
                guest.read(answer);
                assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8))
                        .isEqualTo("stop\n");
            }
            socket.drain();
        }
        assertThat(heard).hasToString("hi\n");
    }

    @Test
    void debugfsGetsNoPathWithALanguageInIt() {
        DiskTools disks = new DiskTools(new LeashedRunner());
        for (String path : new String[] {"/boot/a b", "/boot/a;ls", "boot/a", "/a\nrm b", "/a\"b", ""}) {
            assertThatThrownBy(() -> disks.readFile(dir.resolve("d"), path, dir.resolve("t")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not a path to read out of a guest");
        }
    }

    @Test
    void theBootSectorIsOneAndBearsItsMark() {
        byte[] sector = BootSector.saying("PP-OK");
        assertThat(sector).hasSize(512).endsWith(0x55, 0xaa);
        assertThat(new String(sector, StandardCharsets.ISO_8859_1)).contains("PP-OK\0");
    }
}
