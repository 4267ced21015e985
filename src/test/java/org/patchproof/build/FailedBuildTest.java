package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandResult.Ending;

/**
 * Whose fault a failed rpmbuild is: {@code build/logs/NAME.log} gives {@code NAME.expected}. A first line
 * {@code @exit N} is rpmbuild's exit code, where it is not 1. The series touches {@link #TOUCHED}. To accept
 * what is said now, run with {@code -Dpatchproof.accept=true} and read the difference.
 */
class FailedBuildTest {
    private static final Path LOGS = Path.of("src/test/resources/build/logs");
    private static final Set<String> TOUCHED = Set.of("net/ipv4/route.c", "include/net/ip_fib.h", "net/core/dst.c");
    private static final int SHOWN = 4;

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(LOGS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhoseFaultItIs(String name) throws IOException {
        String said = said(Files.readString(LOGS.resolve(name + ".log")), Optional.empty());
        Path expected = LOGS.resolve(name + ".expected");
        if (Boolean.getBoolean("patchproof.accept")) {
            Files.writeString(expected, said);
        }
        assertThat(said).isEqualTo(Files.readString(expected));
    }

    @Test
    void thereAreCasesOfEveryKind() throws IOException {
        String all = "";
        for (String name : cases()) {
            all += Files.readString(LOGS.resolve(name + ".expected"));
        }
        assertThat(cases()).hasSizeGreaterThan(80);
        assertThat(all)
                .contains("ours: the disk is full", "ours: the compiler ran out of memory", "broken", "rejected");
    }

    /** A disk that is full explains whatever else was said: nothing of it is held against a patch. */
    @Test
    void aDiskThatIsFullIsOursWhateverTheCompilerSaid() throws IOException {
        String log = Files.readString(LOGS.resolve("gcc-error.log"));
        assertThat(said(log, Optional.of("the disk is full: /x has 12 KiB free")))
                .startsWith("ours: the disk is full: /x has 12 KiB free\nremedy: Free some space");
        assertThat(said(Files.readString(LOGS.resolve("hunk-failed.log")), Optional.of("the disk is full: /x")))
                .startsWith("ours: the disk is full: /x\n");
    }

    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, -1, it took more than 90 min, Give it more time: timeout in the kernel's YAML.",
        "NOT_STARTED, -1, could not be started, Run: ./patchproof doctor --install",
        "CANCELLED, -1, cancelled after, Run it again.",
        "EXITED, 137, it was killed, See dmesg: was the host out of memory?",
        "EXITED, 143, it was ended by signal 15, Run it again.",
        "EXITED, 139, it was ended by signal 11, Run it again."
    })
    void theWayItEndedComesBeforeWhatItSaid(Ending ending, int exitCode, String what, String remedy) {
        FailedBuild failed = failed(result(ending, exitCode, "a.c:1:1: error: no\n"), Optional.empty());
        assertThatThrownBy(failed::building).isInstanceOfSatisfying(BuildTroubleException.class, e -> {
            assertThat(e.getMessage()).startsWith("building the packages: " + what);
            assertThat(e.remedy()).isEqualTo(remedy);
        });
    }

    @Test
    void theMessageHoldsTheTranscript() {
        FailedBuild failed = failed(result(Ending.EXITED, 3, "something new\n"), Optional.empty());
        assertThatThrownBy(failed::building)
                .isInstanceOf(BuildTroubleException.class)
                .hasMessageContainingAll(
                        "building the packages: exit code 3",
                        "$ rpmbuild -bb kernel.spec",
                        "  something new",
                        "=> exit code 3");
    }

    private static String said(String log, Optional<String> fullDisk) {
        int exit = log.startsWith("@exit ")
                ? Integer.parseInt(log.lines().findFirst().orElseThrow().substring("@exit ".length()))
                : 1;
        String output = log.lines().filter(line -> !line.startsWith("@")).collect(Collectors.joining("\n", "", "\n"));
        FailedBuild failed = failed(result(Ending.EXITED, exit, output), fullDisk);
        try {
            StepOutcome<Void> outcome = output.contains("(%prep)") ? failed.preparing(List.of()) : failed.building();
            return outcome.match(done -> "done", lines -> shown("rejected", lines), lines -> shown("broken", lines));
        } catch (BuildTroubleException e) {
            String what = e.getMessage().lines().findFirst().orElseThrow();
            return "ours: " + what.substring(what.indexOf(": ") + 2) + "\nremedy: " + e.remedy() + "\n";
        }
    }

    private static String shown(String kind, List<String> lines) {
        return kind + "\n"
                + lines.stream().limit(SHOWN).map(line -> "  " + line + "\n").collect(Collectors.joining());
    }

    private static FailedBuild failed(CommandResult result, Optional<String> fullDisk) {
        BuildLog heard = new BuildLog();
        result.output().lines().forEach(heard::accept);
        return new FailedBuild(result, heard, fullDisk, Optional.empty(), TOUCHED);
    }

    private static CommandResult result(Ending ending, int exitCode, String output) {
        Command command = new Command(
                List.of("rpmbuild", "-bb", "kernel.spec"),
                Optional.empty(),
                new TreeMap<>(),
                Duration.ofMinutes(90),
                Optional.empty());
        return new CommandResult(
                command, ending, exitCode, Instant.EPOCH, Duration.ofSeconds(5), Optional.empty(), output);
    }
}
