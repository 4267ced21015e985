package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.SampleBundles;

class ReportCommandTest {
    @TempDir
    Path dir;

    private final CommandBench bench = new CommandBench();
    private String runs;
    private String out;

    @BeforeEach
    void bundles() throws Exception {
        runs = SampleBundles.fixedAndBroken(dir.resolve("runs")).toString();
        out = dir.resolve("out").toString();
    }

    @Test
    void theTableIsShownAndTheReportIsNamed() {
        assertThat(bench.run("report", runs, "-o", out)).isEqualTo(1);
        assertThat(bench.out())
                .contains("linux-6.1  fixed    FIXED", "0 of 3", "BUILD_FAILED")
                .contains("Report: " + dir.resolve("out/index.html"))
                .contains("Exit code 1: a verdict says no");
        assertThat(bench.out().lines().filter(line -> !line.startsWith("Report: ")))
                .allMatch(line -> line.length() <= 80);
        assertThat(dir.resolve("out/junit.xml")).isRegularFile();
        assertThat(bench.err()).isEmpty();
    }

    @Test
    void asJson() throws Exception {
        assertThat(bench.run("report", runs, "-o", out, "--json")).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(bench.out());
        assertThat(json.at("/outcome").asText()).isEqualTo("SAYS_NO");
        assertThat(json.at("/variants/1/verdict/word").asText()).isEqualTo("FIXED");
        assertThat(json.at("/variants/1/bundles/0").asText()).isEqualTo("one");
        assertThat(json.at("/bundles/0/sha256").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        Path plan = Files.writeString(
                dir.resolve("plan.json"),
                "{\"bug\":\"netdev-leak\",\"cells\":[{\"kernel\":\"el7\",\"variants\":[{\"name\":\"control\",\"role\":\"control\"}]}]}");
        bench.run("report", runs, "-o", out, "--expect", plan.toString());
        assertThat(bench.out()).contains("el7", "no bundle holds it");
    }

    @Test
    void aMistakeIsOneMessageAndExitCodeTwo() {
        assertThat(bench.run("report", dir.resolve("nowhere").toString(), "-o", out))
                .isEqualTo(2);
        assertThat(bench.err()).contains("no such directory", "a directory that holds bundles: runs/");
        assertThat(bench.run("report", runs)).isEqualTo(2);
        assertThat(bench.err()).contains("-o");
        assertThat(dir.resolve("out")).doesNotExist();
    }
}
