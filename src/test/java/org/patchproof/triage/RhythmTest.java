package org.patchproof.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchproof.triage.TriageReport.Finding;
import org.patchproof.triage.TriageReport.Sure;

class RhythmTest {
    private static final String MESSAGE = "unregister_netdevice: waiting for eth0 to become free. Usage count = 1";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // every, how often, more of the log after it, then: spells, how sure
        "140, 60, 0, 1, POSSIBLE",
        "140, 60, 100, 1, POSSIBLE",
        "140, 60, 3600, 1, WENT_AWAY",
        "600, 10, 0, 1, POSSIBLE",
        "61, 10, 0, 1, POSSIBLE",
        // less often than what is taken for a rhythm
        "700, 10, 3600, 10, WENT_AWAY",
        // by chance
        "140, 3, 3600, 3, WENT_AWAY"
    })
    void singleMessagesAtEqualDistancesAreOneSpell(int every, int count, int after, int spells, Sure sure)
            throws IOException {
        StringBuilder text = new StringBuilder(line(0, "kernel: hello"));
        for (int i = 0; i < count; i++) {
            text.append(line(1000 + every * i, "kernel: " + MESSAGE));
        }
        text.append(after == 0 ? "" : line(1000 + every * (count - 1) + after, "kernel: hello"));
        Finding finding = finding(text.toString());
        assertThat(finding.sure()).isEqualTo(sure);
        assertThat(finding.spells()).isEqualTo(spells);
        assertThat(finding.count()).isEqualTo(count);
        if (sure == Sure.POSSIBLE) {
            assertThat(finding.why()).contains("only every " + Times.length(Duration.ofSeconds(every)));
        }
    }

    @Test
    void aDeviceThatComesAndGoesAtUnequalDistancesHasNone() throws IOException {
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int i = 0; i < 40; i++) {
            at += 100 + i * 7919 % 400;
            text.append(line(at, "kernel: " + MESSAGE));
        }
        assertThat(finding(text + line(at + 900, "kernel: hello")).lasted()).isZero();
    }

    @Test
    void messagesThatRsyslogTookTogetherCount() throws IOException {
        StringBuilder text = new StringBuilder(line(1000, "kernel: " + MESSAGE));
        for (int i = 1; i <= 2; i++) {
            text.append(line(1000 + 200 * i, "kernel: message repeated 20 times: [ " + MESSAGE + "]"));
        }
        Finding finding = finding(text.toString());
        assertThat(finding.count()).isEqualTo(41);
        assertThat(finding.spells()).isEqualTo(1);
        assertThat(finding.lasted()).isEqualTo(Duration.ofSeconds(400));
        assertThat(finding.sure()).isEqualTo(Sure.POSSIBLE);
    }

    @Test
    void messagesThatSyslogdTookTogetherCountRightBehindThem() throws IOException {
        String text = line(1000, "kernel: " + MESSAGE)
                + line(1300, "last message repeated 30 times")
                + line(1600, "last message repeated 30 times")
                + line(1601, "sshd[3]: hello")
                + line(1700, "last message repeated 9 times");
        Finding finding = finding(text);
        assertThat(finding.count()).isEqualTo(61);
        assertThat(finding.lasted()).isEqualTo(Duration.ofSeconds(600));
    }

    private static String line(int second, String what) {
        return "Nov %d %s node7 %s\n"
                .formatted(
                        20 + second / 86_400,
                        LocalTime.ofSecondOfDay(second % 86_400).toString().length() == 5
                                ? LocalTime.ofSecondOfDay(second % 86_400) + ":00"
                                : LocalTime.ofSecondOfDay(second % 86_400).toString(),
                        what);
    }

    private Finding finding(String text) throws IOException {
        Path file = Files.write(folder.resolve("log"), text.getBytes(StandardCharsets.UTF_8));
        LogFile log = new LogFile(file, "log", Optional.empty(), ZoneOffset.UTC);
        return Triage.of(List.of(log), TriageCasesTest.bugs())
                .bugs()
                .get(0)
                .findings()
                .get(0);
    }
}
