package org.patchproof.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A console log for each row of the table, its findings beside it: {@code <line> <row>: <title>}.
 * {@code mvn test -Dtest=FaultTableTest -Dpatchproof.updateGoldens=true} writes them anew: read the
 * difference before you commit it.
 */
class FaultTableTest {
    private static final Path CASES = Path.of("src/test/resources/console/faults");

    /** Addresses in hexadecimals; any number of two digits or more, and those behind a processor or a process. */
    private static final Pattern NUMBERS = Pattern.compile(
            "((?<=0x)[0-9a-f]{2,16}|(?<![\\w.])[0-9a-f]{8,16})(?![\\w.])|(?<![\\w.])\\d{2,7}(?![\\w.])|(?<=CPU#|CPU: |\\[|/|\\dx)\\d+(?=[]:,/ ]|$)");

    static List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void findsWhatTheGoldenSays(Path log) throws IOException {
        Path golden = Path.of(log.toString().replaceAll("\\.log$", ".titles"));
        String titles = scan(log).stream()
                .map(f -> f.line() + " " + f.row() + ": " + f.title() + "\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("patchproof.updateGoldens")) {
            Files.writeString(golden, titles);
        }
        assertThat(titles).isEqualTo(Files.readString(golden));
    }

    @Test
    void everyRowHasALog() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path log : logs()) {
            scan(log).forEach(fault -> found.add(fault.row()));
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(FaultTable.standard().names());
    }

    @ParameterizedTest
    @MethodSource("logs")
    void titlesHaveNothingThatDiffersFromBootToBoot(Path log) throws IOException {
        assertThat(scan(log))
                .allSatisfy(fault -> assertThat(fault.title())
                        .doesNotContainPattern("0x[0-9a-f]|[0-9a-f]{8}|\\bpid\\b|\\d{3,}|[{}]")
                        .hasSizeBetween(3, 120));
    }

    @ParameterizedTest
    @MethodSource("logs")
    void stampsCallersAndLevelsMakeNoDifference(Path log) throws IOException {
        List<ConsoleLine> lines = lines(log);
        List<ConsoleLine> bare = lines.stream()
                .map(l -> new ConsoleLine(
                        l.number(), l.offset(), java.util.Optional.empty(), l.caller(), l.text(), l.flaws()))
                .toList();
        assertThat(titles(bare)).isEqualTo(titles(lines));
    }

    /** Addresses, process ids, counts and sizes are others in each boot: what is found, and where, is not. */
    @ParameterizedTest
    @MethodSource("logs")
    void otherNumbersAndAddressesGiveTheSameTitles(Path log) throws IOException {
        List<ConsoleLine> lines = lines(log);
        List<String> titles = titles(lines);
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<ConsoleLine> boot = lines.stream()
                    .map(l -> new ConsoleLine(
                            l.number(), l.offset(), l.stamp(), l.caller(), otherNumbers(l.text(), random), l.flaws()))
                    .toList();
            assertThat(titles(boot)).isEqualTo(titles);
        }
    }

    private static String otherNumbers(String text, Random random) {
        return NUMBERS.matcher(text)
                .replaceAll(found -> found.group()
                        .chars()
                        .mapToObj(digit -> found.group(1) == null
                                ? String.valueOf(1 + random.nextInt(9))
                                : Integer.toHexString(random.nextInt(16)))
                        .collect(Collectors.joining()));
    }

    @Test
    void aPanicIsFatalAndAWarningIsNot() throws IOException {
        assertThat(scan(CASES.resolve("panic-no-root.log")))
                .extracting(Fault::severity)
                .containsExactly(Fault.Severity.FATAL);
        assertThat(scan(CASES.resolve("warning.log")))
                .extracting(Fault::severity)
                .containsExactly(Fault.Severity.SURVIVED);
    }

    @Test
    void aBrokenTableSaysWhereAndWhat() {
        assertThatThrownBy(() -> FaultTableParser.parse("my.table", "row a\nmatch (\ntitle b\n"))
                .hasMessageContaining("my.table:3")
                .hasMessageContaining("regular expression");
        assertThatThrownBy(() -> FaultTableParser.parse("my.table", "row a\ntitle b\nrow c"))
                .hasMessage("my.table:3: row a has no 'match'");
        assertThatThrownBy(() -> FaultTableParser.parse("my.table", "# fine\nmacth ^x"))
                .hasMessageStartingWith("my.table:2: unknown word 'macth'");
        assertThatThrownBy(() -> FaultTableParser.parse("my.table", "match ^x"))
                .hasMessageContaining("before the first 'row'");
        assertThatThrownBy(() -> FaultTableParser.parse("my.table", "row a\nmatch x\ntitle t\nseverity high"))
                .hasMessageContaining("'survived' or 'fatal'");
    }

    private static List<String> titles(List<ConsoleLine> lines) {
        return FaultTable.standard().scan(lines).stream().map(Fault::title).toList();
    }

    private static List<Fault> scan(Path log) throws IOException {
        return FaultTable.standard().scan(lines(log));
    }

    private static List<ConsoleLine> lines(Path log) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            return ConsoleReader.readAll(in);
        }
    }
}
