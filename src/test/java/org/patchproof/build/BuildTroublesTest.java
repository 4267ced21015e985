package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandResult.Ending;

/** Which of {@code build/logs} tell of trouble of ours; every other one is the kernel's or its patches' affair. */
class BuildTroublesTest {
    private static final String DISK = "the disk is full";
    private static final String MEMORY = "the compiler ran out of memory";
    private static final String PROGRAM = "a program that the build needs is missing";
    private static final String HEADER = "a library that the build needs is missing";

    private static final Map<String, List<String>> LOGS = Map.of(
            DISK,
            List.of(
                    "no-space",
                    "no-space-in-cpio",
                    "no-space-in-gcc",
                    "no-space-in-patch",
                    "write-error-in-patch",
                    "quota"),
            MEMORY,
            List.of(
                    "out-of-memory",
                    "out-of-memory-137",
                    "out-of-memory-cc1",
                    "out-of-memory-clang",
                    "out-of-memory-collect2",
                    "out-of-memory-fork",
                    "out-of-memory-ice",
                    "out-of-memory-ld",
                    "out-of-memory-make",
                    "out-of-memory-script",
                    "out-of-memory-virtual"),
            PROGRAM,
            List.of(
                    "no-bc-bash",
                    "no-bc-el7",
                    "no-bison",
                    "no-bison-and-its-header",
                    "no-bison-make-4.3",
                    "no-gcc",
                    "no-python",
                    "no-rsync-in-a-script"),
            HEADER,
            List.of("no-openssl-headers", "no-libelf"),
            "packages that the build needs are missing",
            List.of("build-requires"),
            "the disk does not work",
            List.of("bad-disk"),
            "rpm could not read the spec",
            List.of("unknown-tag"));

    static List<String> cases() throws IOException {
        return BuildLogTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void knowsWhatIsTroubleOfOurs(String name) throws IOException {
        String log = Files.readString(BuildLogTest.LOGS.resolve(name + ".log"));
        Optional<String> expected = LOGS.entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .findFirst();

        Optional<BuildTroubleException> trouble = recognise(Ending.EXITED, 1, log);

        assertThat(trouble.map(e -> e.getMessage().lines().findFirst().orElseThrow()))
                .isEqualTo(expected.map(what -> "building: " + what));
        trouble.ifPresent(e -> assertThat(e.remedy()).isNotBlank());
    }

    @Test
    void eachLogOfTheTableIsThere() throws IOException {
        assertThat(cases())
                .containsAll(LOGS.values().stream().flatMap(List::stream).toList());
    }

    @Test
    void theMessageHoldsTheTranscript() throws IOException {
        BuildTroubleException trouble = recognise(Ending.EXITED, 1, "x\ncp: a: No space left on device\n")
                .orElseThrow();
        assertThat(trouble.getMessage())
                .contains("$ rpmbuild -bb kernel.spec", "  cp: a: No space left on device", "=> exit code 1");
        assertThat(trouble.remedy()).contains("--out DIR");
    }

    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, -1, it took more than 90 min, Give it more time: timeout in the kernel's YAML.",
        "NOT_STARTED, -1, could not be started, Run: ./patchproof doctor --install",
        "CANCELLED, -1, cancelled after, Run it again.",
        "EXITED, 137, it was killed, See dmesg: was the host out of memory?"
    })
    void theWayItEndedComesBeforeWhatItSaid(Ending ending, int exitCode, String what, String remedy) {
        BuildTroubleException trouble = recognise(ending, exitCode, "a.c:1:1: error: No space left on device\n")
                .orElseThrow();
        assertThat(trouble.getMessage()).startsWith("building: " + what);
        assertThat(trouble.remedy()).isEqualTo(remedy);
    }

    @Test
    void aFailureThatNobodyKnowsIsStillTroubleWithItsTranscript() {
        BuildTroubleException trouble =
                BuildTroubles.of(result(Ending.EXITED, 3, "something new\n"), "building", "timeout");
        assertThat(trouble.getMessage()).contains("building: exit code 3", "something new");
        assertThat(trouble.remedy()).isNotBlank();
    }

    private static Optional<BuildTroubleException> recognise(Ending ending, int exitCode, String output) {
        return BuildTroubles.recognise(result(ending, exitCode, output), "building", "timeout");
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
