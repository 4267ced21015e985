package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriageCommandTest {
    private static final String CASES = "src/test/resources/triage/cases/";

    private final CommandBench bench = new CommandBench();

    @Test
    void printsTheReport() {
        assertThat(bench.run("triage", CASES + "several-nodes/all-nodes.log", "-C", "."))
                .isZero();
        assertThat(bench.out())
                .contains("sh1  eth0  likely", "ny1  eth0  unlikely", "de1  cali0a1b  no leak")
                .contains("to prove it   patchproof verify netdev-leak");
        assertThat(bench.err()).isEmpty();
    }

    @Test
    void printsJson() throws IOException {
        assertThat(bench.run("triage", "node12=" + CASES + "fixed-kernel/node-a.log", "-C", ".", "--json"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(bench.out());
        JsonNode finding = json.path("bugs").path(0).path("findings").path(0);
        assertThat(finding.path("node").asText()).isEqualTo("node12");
        assertThat(finding.path("subject").asText()).isEqualTo("wg0");
        assertThat(finding.path("sure").asText()).isEqualTo("UNLIKELY");
        assertThat(finding.path("lasted").asText()).isEqualTo("PT6M30S");
        assertThat(finding.path("kernels").path(0).path("has").asText()).isEqualTo("FIX");
        assertThat(json.path("logs").path(0).path("lines").asInt()).isEqualTo(41);
    }

    @Test
    void timesWithoutAZoneMeanTheZoneThatIsGiven() {
        String log = CASES + "dmesg-T/n1.dmesg";
        bench.run("triage", log, "-C", ".", "--zone", log + "=America/New_York");
        assertThat(bench.out()).contains("2020-03-08 06:57:00 UTC");
        CommandBench other = new CommandBench();
        other.run("triage", log, "-C", ".", "--zone", "+08:00");
        assertThat(other.out()).contains("2020-03-08 01:57:00 +08:00");
    }

    @Test
    void aPipeIsReadOnceAndADeviceRefused(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Thread writer = new Thread(() -> {
            try {
                Files.write(pipe, Files.readAllBytes(Path.of(CASES + "lo/node3.dmesg")));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.setDaemon(true);
        writer.start();
        assertThat(bench.run("triage", pipe.toString(), "-C", ".")).isZero();
        writer.join();
        assertThat(bench.out()).contains("another bug");
        CommandBench device = new CommandBench();
        assertThat(device.run("triage", "/dev/zero", "-C", ".")).isEqualTo(2);
        assertThat(device.err()).contains("/dev/zero: is a device", "dmesg");
        assertThat(new CommandBench().run("triage", folder.toString(), "-C", "."))
                .isEqualTo(2);
    }

    @Test
    void whatIsWrongIsNamedWithARemedy(@TempDir Path folder) throws IOException {
        assertThat(bench.run("triage", folder + "/none.log", "-C", ".")).isEqualTo(2);
        assertThat(bench.err()).contains("none.log: no such file", "Name a log file.");
        CommandBench zone = new CommandBench();
        assertThat(zone.run("triage", CASES + "lo/node3.dmesg", "--zone", "Mars/Base", "-C", "."))
                .isEqualTo(2);
        assertThat(zone.err()).contains("Mars/Base: no such time zone");
        CommandBench stray = new CommandBench();
        assertThat(stray.run("triage", CASES + "lo/node3.dmesg", "--zone", "x.log=UTC", "-C", "."))
                .isEqualTo(2);
        assertThat(stray.err()).contains("there is no such log here");
        assertThat(new CommandBench().run("triage")).isEqualTo(2);
        Path damaged = Files.write(folder.resolve("bad.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0, 1});
        CommandBench bad = new CommandBench();
        assertThat(bad.run("triage", damaged.toString(), "-C", ".")).isZero();
        assertThat(bad.out()).contains("bad.gz ends too early");
    }
}
