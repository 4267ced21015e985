package org.patchproof.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchproof.triage.TriageReport.End;
import org.patchproof.triage.TriageReport.Finding;
import org.patchproof.triage.TriageReport.Sure;

/** How a spell ends: that is what tells a device that went away from one that was waited for until the end. */
class SpellEndTest {
    private static final DateTimeFormatter SYSLOG = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT);
    private static final String SYMPTOM =
            "kernel: unregister_netdevice: waiting for eth0 to become free. Usage count = 1";
    private static final String BANNER = "kernel: Linux version 3.10.0-693.el7.x86_64 (builder@k) (gcc) #1 SMP";

    @TempDir
    private Path folder;

    /** A log of several nodes, in the order of time. */
    private static final class Log {
        private final StringBuilder text = new StringBuilder();
        private LocalDateTime now = LocalDateTime.of(2020, 11, 1, 0, 0);

        Log after(int seconds, String message) {
            now = now.plusSeconds(seconds);
            text.append(SYSLOG.format(now)).append(" node7 ").append(message).append('\n');
            return this;
        }

        Log times(int count, int seconds, String message) {
            for (int i = 0; i < count; i++) {
                after(seconds, message);
            }
            return this;
        }
    }

    private Finding only(String text) throws IOException {
        return findings(text).get(0);
    }

    private List<Finding> findings(String text) throws IOException {
        return findings(Files.writeString(folder.resolve("log"), text));
    }

    private static List<Finding> findings(Path file) throws IOException {
        LogFile log = new LogFile(file, "log", Optional.empty(), ZoneOffset.UTC);
        return Triage.of(List.of(log), TriageCasesTest.bugs()).bugs().get(0).findings();
    }

    @Test
    void whatIsLoggedBeforeTheBannerIsOfTheStart() throws IOException {
        Log log = new Log()
                .after(0, BANNER)
                .times(360, 10, SYMPTOM)
                .after(180, "journal: Runtime journal is using 8.0M")
                .times(3, 0, "kernel: Initializing cgroup subsys cpuset")
                .after(1, BANNER)
                .times(60, 60, "systemd[1]: Started Session 1 of user root.");
        assertThat(only(log.text.toString()).end()).isEqualTo(End.REBOOT);
    }

    @Test
    void aNodeThatLoggedOnBeforeItStartedAnewHadLetGo() throws IOException {
        Log log = new Log()
                .after(0, BANNER)
                .times(40, 10, SYMPTOM)
                .times(60, 60, "systemd[1]: Started Session 1 of user root.")
                .after(60, BANNER);
        assertThat(only(log.text.toString()).end()).isEqualTo(End.STOPPED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1 << 18, 1 << 20})
    void howLargeALogIsSaysNothing(int padding) throws IOException {
        Log log = new Log().after(0, BANNER);
        while (log.text.length() < padding) {
            log.after(1, "systemd[1]: Started Session 1 of user root.");
        }
        log.times(40, 10, SYMPTOM).times(60, 60, "systemd[1]: Started Session 2 of user root.");
        log.after(60, BANNER).times(60, 60, "systemd[1]: Started Session 3 of user root.");
        assertThat(only(log.text.toString()).end()).isEqualTo(End.STOPPED);
    }

    @Test
    void timeSinceBootThatGoesBackIsAStart() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            text.append("[%5d.000000] %s\n".formatted(1000 + 10 * i, SYMPTOM.substring(8)));
        }
        for (int i = 0; i < 100; i++) {
            text.append("[%5d.900000] hub 1-0:1.0: USB hub found\n".formatted(10 * i));
        }
        assertThat(only(text.toString()).end()).isEqualTo(End.REBOOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-- Reboot --", "-- Boot 3d1f0ce5b5a44b9a8f3c2b1a0d9e8f70 --"})
    void journalctlTellsOfStarts(String mark) throws IOException {
        Log log = new Log().times(120, 10, SYMPTOM);
        log.text.append(mark).append('\n');
        log.after(120, "kernel: usb: port power management may be unreliable");
        log.times(60, 60, "kernel: x86/cpu: some warning of this boot");
        assertThat(only(log.text.toString()).end()).isEqualTo(End.REBOOT);
        assertThat(only(mark + "\n" + log.text.toString().replace(mark + "\n", ""))
                        .end())
                .as("before the first line it is of no start in the log")
                .isEqualTo(End.STOPPED);
    }

    @Test
    void aKernelThatStartedAfterASpellDidNotRunInIt() throws IOException {
        Log log = new Log()
                .times(120, 10, SYMPTOM)
                .after(15, BANNER.replace("693", "1160"))
                .times(60, 60, "systemd[1]: Started Session 1 of user root.");
        Finding finding = only(log.text.toString());
        assertThat(finding.end()).isEqualTo(End.REBOOT);
        assertThat(finding.kernels()).isEmpty();
        assertThat(finding.sure()).isEqualTo(Sure.POSSIBLE);
    }

    /** The log of a fleet says of each node what the node's own lines say, in a file as in an archive. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aFleetsLogSaysOfANodeWhatItsOwnSays(int seed) throws IOException {
        String fleet = fleet(new Random(seed), 8);
        Map<String, Finding> plain = byNode(findings(fleet));
        assertThat(plain).hasSize(8);
        Path packed = folder.resolve("log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(fleet.getBytes(StandardCharsets.UTF_8));
        }
        Map<String, Finding> ofPacked = byNode(findings(packed));
        plain.forEach((node, finding) -> {
            assertThat(ofPacked.get(node)).isEqualTo(finding);
            String own = fleet.lines()
                    .filter(line -> line.contains(" " + node + " "))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            assertThat(end(own)).as(node).isEqualTo(finding.end());
        });
    }

    private End end(String text) {
        try {
            return only(text).end();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Finding> byNode(List<Finding> findings) {
        return findings.stream().collect(Collectors.toMap(Finding::node, Function.identity()));
    }

    private static String fleet(Random random, int nodes) {
        int[] lengths = {5, 40, 60, 1500};
        int[] from = random.ints(nodes, 100, 2000).toArray();
        int[] to = new int[nodes];
        for (int n = 0; n < nodes; n++) {
            to[n] = from[n] + lengths[random.nextInt(lengths.length)];
        }
        StringBuilder text = new StringBuilder();
        LocalDateTime now = LocalDateTime.of(2020, 11, 1, 0, 0);
        for (int step = 0; step < 2500; step++, now = now.plusSeconds(10)) {
            for (int n = 0; n < nodes; n++) {
                String head = SYSLOG.format(now) + " node" + n + " ";
                if (from[n] <= step && step < to[n]) {
                    text.append(head).append(SYMPTOM).append('\n');
                }
                if (random.nextInt(10) < 3) {
                    text.append(head).append("kubelet[99]: ").append("x".repeat(random.nextInt(300)));
                    text.append('\n');
                }
            }
        }
        return text.toString();
    }
}
