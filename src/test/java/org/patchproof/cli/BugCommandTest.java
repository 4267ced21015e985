package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BugCommandTest {
    private static final String TRIAL = "src/test/resources/console/trials/6.1.192-control-race-leaks.log";

    @TempDir
    Path folder;

    private final CommandBench bench = new CommandBench();

    @Test
    void allThatIsInThisRepositoryIsSound() {
        assertThat(bench.run("bug", "check", "-C", ".")).as(bench.err()).isZero();
        assertThat(bench.out()).contains("No mistake in ");
    }

    @Test
    void mistakesAreSaidWithTheirPlace() {
        assertThat(bench.run("bug", "check", "dmo", "-C", CommandBench.WORKSPACE))
                .isEqualTo(2);
        assertThat(bench.err()).contains("there is no bug \"dmo\"", "Did you mean \"demo\"");
    }

    @Test
    void aConsoleIsReadAsATrialWouldBe() {
        assertThat(bench.run("bug", "check", "netdev-leak", "--console", TRIAL, "-C", "."))
                .as(bench.err())
                .isZero();
        assertThat(bench.out())
                .contains(
                        "   LINE  WHAT        TEXT", "  exposure  ", "  symptom     unregister_netdevice: waiting for ")
                .contains("\n7 exposures, 0 race events", "As a trial: REPRODUCED: unregister_netdevice: waiting for ");
    }

    @Test
    void aCleanTrialIsSaidToBeOne() {
        String console = TRIAL.replace("control-race-leaks", "fixed-race");
        assertThat(bench.run("bug", "check", "netdev-leak", "--console", console, "-C", "."))
                .isZero();
        assertThat(bench.out()).contains("\n16 exposures, 0 race", "As a trial: CLEAN: 16 exposures and no symptom");
    }

    @Test
    void aConsoleThatPlaysTricksOnTheTerminalDoesNot() throws IOException {
        Path console = folder.resolve("c.log");
        Files.writeString(console, "[ 1.0] patchproof: begin\n[ 2.0] \u001b[2J waiting for \u202e to become free\n");
        assertThat(bench.run("bug", "check", "demo", "--console", console.toString(), "-C", CommandBench.WORKSPACE))
                .isZero();
        assertThat(bench.out()).contains("symptom").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void aConsoleThatIsNotThereOrHasNoBugIsRefused() {
        assertThat(bench.run("bug", "check", "demo", "--console", "/no/such", "-C", CommandBench.WORKSPACE))
                .isEqualTo(2);
        assertThat(bench.err()).contains("/no/such: no such file");
        assertThat(bench.run("bug", "check", "--console", TRIAL)).isEqualTo(2);
        assertThat(bench.err()).contains("--console needs BUG");
        assertThat(bench.run("bug")).isEqualTo(2);
    }
}
