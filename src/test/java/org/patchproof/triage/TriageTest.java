package org.patchproof.triage;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.plan.TriageSpec.Affected;
import org.patchproof.triage.TriageReport.End;
import org.patchproof.triage.TriageReport.Finding;
import org.patchproof.triage.TriageReport.Sure;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class TriageTest {
    @TempDir
    private Path folder;

    /** What packs a log. */
    private interface Packer {
        OutputStream pack(OutputStream out) throws IOException;
    }

    private static Packer packer(String kind) {
        return switch (kind) {
            case "gz" -> GZIPOutputStream::new;
            case "xz" -> out -> new XZOutputStream(out, new LZMA2Options(1));
            case "bz2" -> BZip2CompressorOutputStream::new;
            default -> out -> new ZstdOutputStream(out).setChecksum(true); // as zstd does
        };
    }

    private byte[] packed(String kind, byte[] bytes) throws IOException {
        Path file = folder.resolve("packed." + kind);
        try (OutputStream out = packer(kind).pack(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "xz", "zst", "bz2"})
    void packedLogsSayTheSame(String kind) throws IOException {
        byte[] plain = Files.readAllBytes(TriageCasesTest.CASES.resolve("several-nodes/all-nodes.log"));
        byte[] half = packed(kind, Arrays.copyOf(plain, plain.length / 2));
        byte[] rest = packed(kind, Arrays.copyOfRange(plain, plain.length / 2, plain.length));
        Path both = folder.resolve("both");
        Files.write(both, half);
        Files.write(both, rest, java.nio.file.StandardOpenOption.APPEND);
        assertThat(triage(log(both)).bugs())
                .isEqualTo(triage(log(write("log", plain))).bugs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "xz", "zst"})
    void ofAPackedLogThatEndsTooEarlyCountsWhatIsThere(String kind) throws IOException {
        byte[] whole = packed(kind, unlike(40_000));
        TriageReport report = triage(log(write("cut." + kind, Arrays.copyOf(whole, whole.length / 2))));
        assertThat(report.notes()).singleElement().asString().contains("what could be read of it counts");
        assertThat(finding(report).count()).isBetween(100L, 39_999L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "xz", "zst"})
    void ofAPackedLogThatLacksItsEndEveryLineCounts(String kind) throws IOException {
        byte[] whole = packed(kind, unlike(300));
        TriageReport report = triage(log(write("cut." + kind, Arrays.copyOf(whole, whole.length - 3))));
        assertThat(report.notes()).singleElement().asString().contains("what could be read of it counts");
        assertThat(finding(report).count()).isEqualTo(300);
        assertThat(report.logs().get(0).lines()).isEqualTo(300);
    }

    @Test
    void aDeviceThatComesBackOftenIsNoLeakButOneThatStaysIs() throws IOException {
        String text = spell(1000, 5, "vethaa")
                + spell(5000, 5, "vethaa")
                + spell(9000, 50, "vethbb")
                + spell(9400, 12, "vethaa");
        String inOrder = text.lines().sorted().map(line -> line + "\n").collect(java.util.stream.Collectors.joining());
        List<Finding> findings =
                triage(log(write("log", inOrder.getBytes()))).bugs().get(0).findings();
        assertThat(findings).extracting(Finding::subject).containsExactly("vethbb", "vethaa");
        assertThat(findings).extracting(Finding::sure).containsExactly(Sure.POSSIBLE, Sure.TOO_EARLY);
        assertThat(findings.get(1).spells()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        // the log begins with the message, a minute before it, longer before it
        "1000, true",
        "940, true",
        "900, false"
    })
    void aLogThatBeginsWithinTheLeakMayNotShowItsBeginning(int first, boolean earlier) throws IOException {
        String text = "[%5d.000000] hello\n".formatted(first) + spell(1000, 40, "eth0");
        assertThat(finding(triage(log(write("log", text.getBytes())))).orEarlier())
                .isEqualTo(earlier);
    }

    @Test
    void aLogThatBeginsWithTheKernelsStartShowsTheBeginning() throws IOException {
        String text = "[    0.000000] Linux version 6.1.0 (x@y) #1\n" + spell(30, 40, "eth0");
        assertThat(finding(triage(log(write("log", text.getBytes())))).orEarlier())
                .isFalse();
    }

    @Test
    void aLogThatGoesOnInAnotherFileIsOneSpell() throws IOException {
        LogFile first = named(write("a", spell(1000, 20, "eth0").getBytes()), "n1");
        LogFile second = named(write("b", spell(1200, 20, "eth0").getBytes()), "n1");
        Finding finding = finding(triage(second, first));
        assertThat(finding.spells()).isEqualTo(1);
        assertThat(finding.lasted()).isEqualTo(Duration.ofSeconds(390));
        assertThat(finding.count()).isEqualTo(40);
        assertThat(finding.end()).isEqualTo(End.LOG_ENDS);
    }

    @Test
    void memoryIsBoundedByKeepingNoMoreThanSoManyDevices() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append(spell(1000 + i, 1, "veth" + i));
        }
        TriageReport report = triage(log(write("log", text.toString().getBytes())));
        assertThat(report.bugs().get(0).findings()).hasSize(2000);
        assertThat(report.notes()).anyMatch(note -> note.contains("left out"));
        assertThat(TriageText.render(report, ZoneOffset.UTC).lines().count()).isLessThan(60_000);
    }

    @Test
    void shortSpellsNeverBecomeALongOneHoweverMany() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 700; i++) {
            text.append(spell(1000 + 1000 * i, i == 600 ? 20 : 2, "eth0"));
        }
        TriageReport ends = triage(log(write("ends", text.toString().getBytes())));
        Finding open = finding(ends);
        assertThat(open.sure()).isEqualTo(Sure.TOO_EARLY);
        assertThat(open.lasted()).isEqualTo(Duration.ofSeconds(10));
        assertThat(open.spells()).isEqualTo(700);
        assertThat(open.count()).isEqualTo(2 * 699 + 20);
        assertThat(ends.notes()).singleElement().asString().contains("more spells than are kept, on eth0;");

        text.append("[800000.000000] the log goes on\n");
        Finding over = finding(triage(log(write("goes-on", text.toString().getBytes()))));
        assertThat(over.sure()).isEqualTo(Sure.WENT_AWAY);
        assertThat(over.lasted()).as("the longest of them").isEqualTo(Duration.ofSeconds(190));
    }

    @Test
    void aSignThatCameOftenIsNotThereAllTheTime() throws IOException {
        StringBuilder text = new StringBuilder();
        String hangs = "[%5d.000000] INFO: task kworker/u8:2:77 blocked for more than 120 seconds.\n";
        for (int i = 0; i < 1100; i++) {
            text.append(hangs.formatted(1000 + 600 * i));
        }
        text.append(spell(700_000, 40, "eth0")).append(hangs.formatted(800_000));
        TriageReport report = triage(log(write("log", text.toString().getBytes())));
        assertThat(finding(report).with()).isEmpty();
        assertThat(report.notes()).singleElement().asString().contains("at more times than are kept (a task hangs");
    }

    @Test
    void nodesBeyondThoseThatAreKeptAreSaid() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5002; i++) {
            text.append(
                    "Nov 23 10:00:00 n%d kernel: unregister_netdevice: waiting for eth0 to become free. Usage count = 1\n"
                            .formatted(i));
        }
        TriageReport report = triage(log(write("log", text.toString().getBytes())));
        assertThat(report.bugs().get(0).findings()).hasSize(5000);
        assertThat(report.notes())
                .singleElement()
                .asString()
                .contains("names more than 5000 nodes; the others were left out, and with them the symptom 2 times");
    }

    @ParameterizedTest
    @CsvSource({
        "3.10.0-693.el7.x86_64, 3.10.0-1127, -1",
        "3.10.0-1127.el7.x86_64, 3.10.0-1127, 0",
        "3.10.0-1160.2.1.el7, 3.10.0-1127, 1",
        "5.1.0-rc1, 5.1, 0",
        "4.19.30, 5.1, -1",
        "6.1.192, 5.1, 1",
        "5, 5.0.1, -1"
    })
    void releasesAreComparedNumberByNumber(String release, String limit, int order) {
        assertThat(Integer.signum(KernelRelease.compare(release, limit))).isEqualTo(order);
    }

    @Test
    void theFirstRuleForAKernelCounts() {
        List<Affected> rules = List.of(
                new Affected("el7", "3.10.0-1127", Optional.empty()), new Affected("^\\d", "5.1", Optional.of("look")));
        assertThat(KernelRelease.judge("3.10.0-514.el7", rules).has()).isEqualTo(TriageReport.Has.BUG);
        assertThat(KernelRelease.judge("3.10.0-1160.el7", rules).has()).isEqualTo(TriageReport.Has.FIX);
        assertThat(KernelRelease.judge("4.4.1", rules).has()).isEqualTo(TriageReport.Has.UNKNOWN);
        assertThat(KernelRelease.judge("6.1.0", rules).has()).isEqualTo(TriageReport.Has.FIX);
    }

    @ParameterizedTest
    @CsvSource({
        "linux-6.1, 6.1.0-18-amd64, true",
        "linux-6.1, 4.19.30, false",
        "linux-6.1, 6.12.1, false",
        "el7-3.10.0-693, 3.10.0-514.el7, true",
        "mine, 4.19.30, true"
    })
    void aKernelOfAnotherLineIsToldByItsName(String name, String release, boolean same) {
        assertThat(KernelRelease.sameLine(name, release)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({"2h33m12.704970756s, 9192", "3m3.928932625s, 183", "4m3.2s, 243", "45s, 45", "350ms, 0", "3m0s, 180"})
    void goPrintsDurations(String text, long seconds) {
        assertThat(GoDuration.parse(text)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "3", "-4m", "99999999999999999999s"})
    void whatIsNoDurationIsNone(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    /** The symptom so often, with times that no packer makes small. */
    private static byte[] unlike(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("[%5d.%06d] unregister_netdevice: waiting for eth0 to become free. Usage count = 1\n"
                    .formatted(1000 + 10 * i, i * 7919 % 1_000_000));
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String spell(int from, int count, String device) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("[%5d.000000] unregister_netdevice: waiting for %s to become free. Usage count = 1\n"
                    .formatted(from + 10 * i, device));
        }
        return text.toString();
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static LogFile log(Path file) {
        return new LogFile(file, "log", Optional.empty(), ZoneOffset.UTC);
    }

    private static LogFile named(Path file, String node) {
        return new LogFile(file, file.getFileName().toString(), Optional.of(node), ZoneOffset.UTC);
    }

    private static TriageReport triage(LogFile... logs) throws IOException {
        return Triage.of(List.of(logs), TriageCasesTest.bugs());
    }

    private static Finding finding(TriageReport report) {
        return report.bugs().get(0).findings().get(0);
    }
}
