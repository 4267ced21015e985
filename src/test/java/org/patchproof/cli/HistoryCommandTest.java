package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.SampleBundles;

class HistoryCommandTest {
    @TempDir
    Path dir;

    private final CommandBench bench = new CommandBench();
    private String runs;

    @BeforeEach
    void bundles() throws Exception {
        runs = SampleBundles.overTime(dir.resolve("runs")).toString();
    }

    @Test
    void itTakesInWhatIsNewAndTellsHowMuchThereIs() {
        assertThat(bench.run("history", "--runs", runs)).isZero();
        assertThat(bench.out()).contains("5 runs, 10 verdicts, 25 trials", "r5", "STILL_REPRODUCES");
        assertThat(dir.resolve("runs/history.db")).isRegularFile();
        assertThat(bench.err()).isEmpty();
    }

    @Test
    void turnsSayWhatChangedBetween() {
        assertThat(bench.run("history", "turns", "--runs", runs)).isZero();
        assertThat(bench.out())
                .contains(
                        "k fixed",
                        "last good   2026-11-25 21:06 FIXED in run r3",
                        "first bad   2026-11-26 21:06 STILL_REPRODUCES in run r4",
                        "the source package changed, the same patches");
    }

    @Test
    void flakyAndTimesAreTables() {
        assertThat(bench.run("history", "flaky", "--runs", runs)).isZero();
        assertThat(bench.run("history", "times", "--runs", runs)).isZero();
        assertThat(bench.out())
                .containsPattern("k +fixed +2 +0 +1")
                .containsPattern("k +control +5 +1 min 20 s +15 +1 min 2 s");
    }

    @Test
    void anRpmLeadsToItsBundle() throws Exception {
        Path rpm = dir.resolve("runs/r4/k/fixed/rpms/kernel.rpm");
        assertThat(bench.run("history", "proves", rpm.toString(), "--runs", runs))
                .isZero();
        assertThat(bench.out()).contains("FIXED  k fixed", "run.json sha256 ");
        assertThat(bench.run("history", "proves", "nothing-of-the-kind", "--runs", runs))
                .isEqualTo(2);
        assertThat(bench.err()).contains("no such file, and no sha256");
    }

    @Test
    void verdictsOfAPatchAsJson() throws Exception {
        Path patch = dir.resolve("runs/r1/k/fixed/patches/0002.patch");
        assertThat(bench.run("history", "verdicts", "--patch", patch.toString(), "--runs", runs, "--json"))
                .isZero();
        JsonNode json = new ObjectMapper().readTree(bench.out());
        assertThat(json.at("/verdicts").size()).isEqualTo(5);
        assertThat(json.at("/verdicts/0/run").asText()).isEqualTo("r5");
    }

    @Test
    void aQuestionThatIsNoneIsRefusedWithThoseThereAre() {
        assertThat(bench.run("history", "verdict", "--runs", runs)).isEqualTo(2);
        assertThat(bench.err()).contains("no question 'verdict'", "import, verdicts, turns, flaky, times, proves");
        assertThat(bench.run("history", "flaky", "surplus", "--runs", runs)).isEqualTo(2);
        assertThat(bench.err()).contains("no place for 'surplus'");
    }

    @Test
    void importNamesWhatItCannotRead() throws Exception {
        Files.writeString(Files.createDirectories(dir.resolve("runs/bad")).resolve("run.json"), "{");
        String file = dir.resolve("team.db").toString();
        assertThat(bench.run("history", "import", runs, "--db", file)).isEqualTo(4);
        assertThat(bench.out()).contains("5 taken in, 0 known already", "Not read: ", "bad/run.json");
    }

    @Test
    void theEnvironmentMayNameTheDatabase() {
        CommandBench other = new CommandBench(
                Screen.Kind.PIPE,
                Map.of("PATCHPROOF_HISTORY", dir.resolve("env.db").toString()));
        assertThat(other.run("history", "--runs", runs)).isZero();
        assertThat(dir.resolve("env.db")).isRegularFile();
        assertThat(bench.run("history", "--db", "jdbc:oracle:thin", "--runs", runs))
                .isEqualTo(2);
        assertThat(bench.err()).contains("no database that patchproof knows");
    }

    @Test
    void aDamagedFileIsSetAsideAndSaid() throws Exception {
        Files.writeString(dir.resolve("runs/history.db"), "no database at all\n".repeat(400));
        assertThat(bench.run("history", "--runs", runs)).isZero();
        assertThat(bench.err()).contains("is damaged", "set aside as", "made again from 5 bundles");
        assertThat(bench.out()).contains("5 runs");
    }
}
