package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private final CommandBench bench = new CommandBench();

    @ParameterizedTest
    @CsvSource({"verfy, verify", "doctr, doctor", "unpak, unpack", "insert, inject", "pln, plan"})
    void anUnknownCommandNamesTheNearest(String typed, String meant) {
        assertThat(bench.run(typed)).isEqualTo(2);
        assertThat(bench.err()).contains("'" + typed + "'", meant).doesNotContain("\tat ");
        assertThat(bench.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--trails, --trials", "--kernal, --kernel", "--no-cache, --no-ccache", "--conf, --confidence"})
    void anUnknownOptionNamesTheNearest(String typed, String meant) {
        assertThat(bench.verify(typed)).isEqualTo(2);
        assertThat(bench.err()).contains(typed, "Did you mean", meant);
        assertThat(bench.verifier.wasAsked()).isFalse();
    }

    @Test
    void withoutACommandItNamesThem() {
        assertThat(bench.run()).isEqualTo(2);
        assertThat(bench.err()).contains("Name a command", "Commands: verify, plan, check, ", "inject");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(bench.run("verify")).isEqualTo(2);
        assertThat(bench.err()).contains("BUG", "Help: patchproof verify --help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "verify", "plan", "triage", "check", "import", "build", "release", "rebuild", "doctor", "unpack",
                "inject"
            })
    void helpTeachesWithExamplesAndExitCodes(String command) {
        int code = command.isEmpty() ? bench.run("--help") : bench.run(command, "--help");
        assertThat(code).isZero();
        assertThat(bench.out()).contains("Usage: patchproof", "Exit codes:", "  patchproof " + command);
        assertThat(bench.out()).doesNotContain("\u001b").doesNotContain("${");
        assertThat(bench.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(bench.err()).isEmpty();
    }

    /** One habit for all: who learned it from one command does not have to ask the next. */
    @ParameterizedTest
    @ValueSource(strings = {"verify", "build", "release", "rebuild", "report", "import", "unpack", "inject", "doctor"})
    void whatSaysWhereTheResultGoesHasBothNames(String command) {
        assertThat(bench.run(command, "--help")).isZero();
        assertThat(bench.out()).containsPattern("(?m)^ .*-o, --out=(DIR|OUT)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o", "--out"})
    void eitherNameIsTakenAndMeansTheSame(String name) {
        bench.verify(name, "there");
        assertThat(bench.verifier.asked().runsDirectory()).isEqualTo(Path.of("there"));
        assertThat(bench.run("report", "nowhere", name, "there")).isEqualTo(2);
        assertThat(bench.err()).contains("nowhere").doesNotContain("Unknown", "no option");
        assertThat(bench.run("unpack", "nowhere.src.rpm", name, "there")).isEqualTo(2);
        assertThat(bench.err()).contains("nowhere.src.rpm").doesNotContain("no option");
    }

    @Test
    void eachCommandIsFoundByTheNameThatTheHelpGivesIt() {
        bench.run();
        String named = bench.err()
                .lines()
                .filter(line -> line.contains("Commands: "))
                .findFirst()
                .orElseThrow();
        for (String command : named.split("Commands: ")[1].split(", ")) {
            CommandBench alone = new CommandBench();
            assertThat(alone.run(command, "--help")).isZero();
            assertThat(alone.out()).containsPattern("Usage: patchproof " + command + "\\b");
        }
    }

    @Test
    void helpOfVerifySaysWhereTheEvidenceIs() {
        bench.run("verify", "--help");
        assertThat(bench.out()).contains("runs/", "run.json", "--resume", "Default: 3", "Default: 0.95");
    }

    @Test
    void versionIsOneLine() {
        assertThat(bench.run("--version")).isZero();
        assertThat(bench.out()).startsWith("patchproof ").hasLineCount(1);
    }
}
