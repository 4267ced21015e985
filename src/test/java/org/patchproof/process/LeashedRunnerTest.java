package org.patchproof.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeashedRunnerTest {
    private final CommandRunner runner = new LeashedRunner();

    @TempDir
    Path dir;

    @Test
    void argumentsReachTheProgramAsTheyStand() {
        CommandResult result = runner.run(Command.of("printf", "%s|", "a b", "$(id)", "'; rm -rf /", "*"));
        assertThat(result.output()).isEqualTo("a b|$(id)|'; rm -rf /|*|");
        assertThat(result.ok()).isTrue();
    }

    @Test
    void exitCodeAndBothStreamsAreKept() throws Exception {
        Path log = dir.resolve("deep/er.log");
        List<String> lines = new ArrayList<>();
        CommandResult result = runner.run(
                Command.of("bash", "-c", "echo out; echo err >&2; exit 7").loggingTo(log), lines::add);
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.ok()).isFalse();
        assertThat(lines).containsExactly("out", "err");
        assertThat(Files.readString(log)).isEqualTo("out\nerr\n");
        assertThat(result.transcript()).contains("$ bash -c 'echo out; echo err >&2; exit 7'", "exit code 7");
    }

    /** A shell reports the end of a job whenever it notices it, so once in a while would not show. */
    @Test
    void theLeashSaysNothingOfItsOwn() {
        for (int i = 0; i < 50; i++) {
            CommandResult result = runner.run(Command.of("false"));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).isEmpty();
        }
    }

    @Test
    void aProgramThatIsNotThereIsAResult() {
        CommandResult result = runner.run(Command.of("no-such-program-here", "x"));
        assertThat(result.ending()).isEqualTo(CommandResult.Ending.NOT_STARTED);
        assertThat(result.output()).contains("no-such-program-here: not found in PATH");
    }

    @Test
    void theTimeLimitKillsTheWholeGroup() throws Exception {
        Path pids = dir.resolve("pids");
        CommandResult result = runner.run(Command.of(
                        "bash",
                        "-c",
                        "echo $$ >> \"$0\"; (echo $BASHPID >> \"$0\"; sleep 100) & sleep 100",
                        pids.toString())
                .within(Duration.ofMillis(500)));
        assertThat(result.ending()).isEqualTo(CommandResult.Ending.TIMED_OUT);
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(8));
        allGone(Files.readAllLines(pids), 2);
    }

    @Test
    void whatACommandLeavesRunningDiesWithIt() throws Exception {
        Path pids = dir.resolve("pids");
        CommandResult result =
                runner.run(Command.of("bash", "-c", "sleep 100 & echo $! > \"$0\"; exit 3", pids.toString()));
        assertThat(result.exitCode()).isEqualTo(3);
        allGone(Files.readAllLines(pids), 1);
    }

    @Test
    void closingKillsARunningCommand() throws Exception {
        Path pids = dir.resolve("pids");
        RunningCommand running =
                runner.start(Command.of("bash", "-c", "echo $$ > \"$0\"; exec sleep 100", pids.toString()));
        await().until(() -> Files.exists(pids) && Files.size(pids) > 0);
        assertThat(running.alive()).isTrue();
        assertThat(running.await(Duration.ofMillis(10))).isEmpty();
        running.close();
        allGone(Files.readAllLines(pids), 1);
    }

    /** One that goes round and round is never seen asleep. */
    @Test
    void theLeashOfAStoppedCommandSleepsAndItsExitCodeIsStillThatOfTheCommand() throws Exception {
        Path pids = dir.resolve("pids");
        Path go = dir.resolve("go");
        String line = "echo $$ $PPID > \"$0\"; until [ -e \"$1\" ]; do sleep 0.05; done; exit 7";
        try (RunningCommand running = runner.start(Command.of("bash", "-c", line, pids.toString(), go.toString()))) {
            await().until(() -> Files.exists(pids) && Files.size(pids) > 0);
            String[] both = Files.readString(pids).strip().split(" ");
            runner.run(Command.of("kill", "-STOP", "--", "-" + both[0])).orThrow();
            await().until(() -> state(both[0]) == 'T');
            int asleep = 0;
            for (int look = 0; look < 2_000; look++) {
                asleep += state(both[1]) == 'S' ? 1 : 0;
            }
            assertThat(asleep).as("of 2000 looks").isGreaterThan(1_000);
            Files.createFile(go);
            runner.run(Command.of("kill", "-CONT", "--", "-" + both[0])).orThrow();
            await().until(() -> running.await(Duration.ofMillis(10)).isPresent());
            assertThat(running.await(Duration.ofMillis(10)).orElseThrow().exitCode())
                    .isEqualTo(7);
        }
    }

    @Test
    void aStoppedCommandIsKilledWithItsLeash() throws Exception {
        Path pids = dir.resolve("pids");
        RunningCommand running =
                runner.start(Command.of("bash", "-c", "echo $$ > \"$0\"; exec sleep 100", pids.toString()));
        await().until(() -> Files.exists(pids) && Files.size(pids) > 0);
        String pid = Files.readString(pids).strip();
        runner.run(Command.of("kill", "-STOP", pid)).orThrow();
        await().until(() -> state(pid) == 'T');
        running.close();
        allGone(List.of(pid), 1);
    }

    private static char state(String pid) throws Exception {
        String stat = Files.readString(Path.of("/proc", pid, "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    @Test
    void interruptingTheCallerCancelsTheCommand() throws Exception {
        Path pids = dir.resolve("pids");
        List<CommandResult> results = new ArrayList<>();
        Thread caller = new Thread(() ->
                results.add(runner.run(Command.of("bash", "-c", "echo $$ > \"$0\"; exec sleep 100", pids.toString()))));
        caller.start();
        await().until(() -> Files.exists(pids) && Files.size(pids) > 0);
        caller.interrupt();
        caller.join(8_000);
        assertThat(results)
                .singleElement()
                .satisfies(r -> assertThat(r.ending()).isEqualTo(CommandResult.Ending.CANCELLED));
        allGone(Files.readAllLines(pids), 1);
    }

    @Test
    void killMinusNineOnTheJvmTakesTheGroupAlong() throws Exception {
        Path pids = dir.resolve("pids");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeashedRunnerTest.class.getName(),
                        pids.toString())
                .inheritIO()
                .start();
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(pids) && Files.size(pids) > 0);
        jvm.destroyForcibly();
        allGone(Files.readAllLines(pids), 1);
    }

    /** The JVM that the test above kills. */
    public static void main(String[] args) {
        new LeashedRunner().run(Command.of("bash", "-c", "echo $$ > \"$0\"; exec sleep 100", args[0]));
    }

    @Test
    void aVeryLongLineComesInPieces() {
        List<String> lines = new ArrayList<>();
        runner.run(Command.of("bash", "-c", "head -c 100000 /dev/zero | tr '\\0' x; echo; echo end"), lines::add);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(CommandRunner.LINE_LIMIT));
        assertThat(String.join("", lines)).hasSize(100003).endsWith("xend");
    }

    /** Read in buffers of 64 KiB, whose ends are anywhere in a line. */
    @Test
    void linesAreThoseThatWerePrintedWhereverABufferEnds() {
        List<String> lines = new ArrayList<>();
        int limit = CommandRunner.LINE_LIMIT;
        runner.run(
                Command.of(
                        "bash",
                        "-c",
                        "printf 'a\\n\\nb\\r\\n'; seq -w 1 20000; head -c \"$0\" /dev/zero | tr '\\0' x; printf '\\nlast'",
                        Integer.toString(limit)),
                lines::add);
        assertThat(lines.subList(0, 3)).containsExactly("a", "", "b");
        assertThat(lines.subList(3, 20_003)).first().isEqualTo("00001");
        for (int i = 1; i <= 20_000; i++) {
            assertThat(lines.get(2 + i)).isEqualTo(String.format("%05d", i));
        }
        assertThat(lines.subList(20_003, lines.size())).containsExactly("x".repeat(limit), "", "last");
    }

    @Test
    void messagesAreInOneLanguage() {
        assertThat(runner.run(Command.of("bash", "-c", "echo $LC_ALL")).output())
                .isEqualTo("C\n");
    }

    private static void allGone(List<String> pids, int expected) {
        assertThat(pids).hasSize(expected);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(pids)
                        .noneMatch(pid -> ProcessHandle.of(Long.parseLong(pid)).isPresent()));
    }
}
