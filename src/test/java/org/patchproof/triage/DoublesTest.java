package org.patchproof.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.triage.TriageReport.Finding;
import org.patchproof.triage.TriageReport.Sure;

class DoublesTest {
    private static final Instant START = Instant.parse("2020-11-20T10:00:00Z");
    private static final String MESSAGE = "unregister_netdevice: waiting for eth0 to become free. Usage count = 1";

    @TempDir
    private Path folder;

    @Test
    void theSameFileIsReadOnce() throws IOException {
        LogFile log = log("a", wall(40));
        Path link = Files.createSymbolicLink(folder.resolve("link"), log.path());
        TriageReport report = triage(log, new LogFile(link, "link", Optional.of("n"), ZoneOffset.UTC));
        assertThat(finding(report).count()).isEqualTo(40);
        assertThat(report.notes()).containsExactly("link is the same as a; it was read once");
        assertThat(report.logs()).hasSize(1);
    }

    @Test
    void theSameContentIsReadOnceButThatOfTheSameSizeIsNot() throws IOException {
        TriageReport report = triage(log("a", wall(40)), log("b", wall(40)));
        assertThat(report.notes()).containsExactly("b is the same as a; it was read once");
        TriageReport other = triage(log("a", wall(40)), log("b", wall(40).replace("eth0", "eth1")));
        assertThat(other.notes()).isEmpty();
        assertThat(other.bugs().get(0).findings()).hasSize(2);
    }

    @Test
    void theKernelsClockAndThatOfTheDayHaveTheSameMessages() throws IOException {
        Finding finding = finding(triage(
                log("messages", wall(40) + "2020-11-20T11:00:00Z n kernel: hello\n"), log("dmesg", boot(1000, 39))));
        assertThat(finding.count()).isEqualTo(40);
        assertThat(finding.spells()).isEqualTo(1);
        // the ring ends with it, but the log of the day knows better
        assertThat(finding.sure()).isEqualTo(Sure.WENT_AWAY);
    }

    @Test
    void whatTheRingAloneHasIsNotTakenForWhatStoppedDaysAgo() throws IOException {
        Finding finding = finding(triage(
                log("messages", wall(100) + "2020-11-20T11:00:00Z n kernel: hello\n"), log("dmesg", boot(1000, 40))));
        assertThat(finding.sure()).isEqualTo(Sure.POSSIBLE);
        assertThat(finding.count()).isEqualTo(40);
    }

    @Test
    void theSameSignInTwoLogsCountsOnce() throws IOException {
        String hangs = " n kernel: INFO: task kworker/u8:2:77 blocked for more than 120 seconds.\n";
        String one = wall(40) + "2020-11-20T10:06:40Z" + hangs;
        String other = "2020-11-20T10:00:01Z n kernel: hello\n" + "2020-11-20T10:06:40.5Z" + hangs;
        assertThat(finding(triage(log("syslog", one), log("kern.log", other))).with())
                .singleElement()
                .satisfies(with -> assertThat(with.count()).isEqualTo(1));
    }

    @Test
    void messagesWithAndWithoutFractionsOfTheSecondCountOnce() throws IOException {
        String precise = wall(40).replaceAll("Z n", ".500Z n");
        assertThat(finding(triage(log("syslog", wall(40)), log("kern.log", precise)))
                        .count())
                .isEqualTo(40);
        String message = " n kernel: " + MESSAGE + "\n";
        assertThat(finding(triage(
                                log("c", "2020-11-20T10:06:40Z" + message),
                                log("d", "2020-11-20T10:06:40.5Z" + message)))
                        .count())
                .isEqualTo(1);
    }

    private static String wall(int count) {
        return Stream.iterate(START, at -> at.plusSeconds(10))
                .limit(count)
                .map(at -> at + " n kernel: " + MESSAGE + "\n")
                .reduce("", String::concat);
    }

    private static String boot(int from, int count) {
        return Stream.iterate(from, at -> at + 10)
                .limit(count)
                .map(at -> "[%5d.000000] ".formatted(at) + MESSAGE + "\n")
                .reduce("", String::concat);
    }

    private LogFile log(String name, String text) throws IOException {
        Path file = Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
        return new LogFile(file, name, Optional.of("n"), ZoneOffset.UTC);
    }

    private static TriageReport triage(LogFile... logs) throws IOException {
        return Triage.of(List.of(logs), TriageCasesTest.bugs());
    }

    private static Finding finding(TriageReport report) {
        return report.bugs().get(0).findings().get(0);
    }
}
