package org.patchproof.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One folder per mistake: {@code case.txt} spoils the good workspace, {@code expected.txt} is what the
 * user then reads. {@code -Dpatchproof.update=true} writes the expectations anew.
 */
class MistakesTest {
    private static final Path CASES = Path.of("src/test/resources/plan/cases");

    @ParameterizedTest
    @MethodSource("cases")
    void isReportedAsExpected(String name, @TempDir Path folder) throws IOException {
        Workbench bench = Workbench.in(folder);
        bench.apply(Files.readAllLines(CASES.resolve(name).resolve("case.txt")));
        String outcome = bench.outcome() + "\n";
        Path expected = CASES.resolve(name).resolve("expected.txt");
        if (Boolean.getBoolean("patchproof.update")) {
            Files.writeString(expected, outcome);
        }
        assertThat(outcome).isEqualTo(Files.readString(expected));
    }

    /** So that an update that goes wrong cannot make a case say that all is well. */
    @ParameterizedTest
    @MethodSource("cases")
    void expectsAProblemWithARemedy(String name) throws IOException {
        List<String> lines = Files.readAllLines(CASES.resolve(name).resolve("expected.txt"));
        assertThat(lines.get(0)).matches("[1-9][0-9]* problems?:");
        assertThat(lines.subList(1, lines.size()))
                .hasSize(2 * Integer.parseInt(lines.get(0).replaceAll(" .*", "")))
                .noneMatch(String::isBlank);
    }

    @Test
    void theGoodWorkspaceIsGood(@TempDir Path folder) throws IOException {
        assertThat(Workbench.in(folder).outcome()).isEqualTo("no problem");
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(f -> f.getFileName().toString()).sorted().toList().stream();
        }
    }
}
