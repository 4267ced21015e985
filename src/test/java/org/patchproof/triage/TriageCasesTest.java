package org.patchproof.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.plan.KnownBug;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.Workspace;

/**
 * A folder for each case: logs, {@code case.txt} with a line {@code [NODE=]LOG [ZONE]} for each, and
 * {@code expected.txt}, the report, which {@code -Dpatchproof.update=true} writes anew. The bugs are those
 * of this repository. Logs without a year were last written to at the end of 2020.
 */
class TriageCasesTest {
    static final Path CASES = Path.of("src/test/resources/triage/cases");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsExpected(String name, @TempDir Path folder) throws IOException {
        TriageReport report = Triage.of(logs(name, folder), bugs());
        String text = TriageText.render(report, ZoneOffset.UTC);
        Path expected = CASES.resolve(name).resolve("expected.txt");
        if (Boolean.getBoolean("patchproof.update")) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    static List<KnownBug> bugs() {
        return PlanLoader.knownBugs(Workspace.at(Path.of(""))).stream()
                .filter(bug -> bug.name().equals("netdev-leak"))
                .toList();
    }

    static List<LogFile> logs(String name, Path folder) throws IOException {
        List<LogFile> logs = new ArrayList<>();
        for (String line : Files.readAllLines(CASES.resolve(name).resolve("case.txt"))) {
            String[] words = line.split(" ");
            int equals = words[0].indexOf('=');
            String file = words[0].substring(equals + 1);
            Path copy = folder.resolve(file);
            Files.copy(CASES.resolve(name).resolve(file), copy);
            Files.setLastModifiedTime(copy, FileTime.from(Instant.parse("2020-12-30T12:00:00Z")));
            logs.add(new LogFile(
                    copy,
                    file,
                    equals < 0 ? Optional.empty() : Optional.of(words[0].substring(0, equals)),
                    words.length > 1 ? ZoneId.of(words[1]) : ZoneOffset.UTC));
        }
        return logs;
    }
}
