package org.patchproof.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource({"90s, 90", "10m, 600", "4h, 14400", "1s, 1", "168h, 604800"})
    void durations(String text, long seconds) {
        assertThat(Values.duration(value(text))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "90", "s", "-1s", "1.5h", "1 h", "1d", "169h", "999999999999999999999s", "90S", "٣s"})
    void noDurations(String text) {
        assertThat(Values.duration(value(text))).isEmpty();
        assertThat(problems.all()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"512M, 536870912", "8G, 8589934592", "1K, 1024", "64T, 70368744177664"})
    void sizes(String text, long bytes) {
        assertThat(Values.size(value(text))).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0G", "8", "G", "-1G", "8GB", "8g", "65T", "999999999T", "1e3M", "0x10M"})
    void noSizes(String text) {
        assertThat(Values.size(value(text))).isEmpty();
        assertThat(problems.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "linux-6.1", "el7-3.10.0-693", "a_b"})
    void names(String text) {
        assertThat(Values.name(value(text))).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "-a", ".a", "..", "a/b", "a b", "ä", "a\\nb"})
    void noNames(String text) {
        assertThat(Values.name(value(text))).isEmpty();
        assertThat(problems.all()).hasSize(1);
    }

    @Test
    void aNameHasAtMost64Characters() {
        assertThat(Values.name(value("x".repeat(64)))).isPresent();
        assertThat(Values.name(value("x".repeat(65)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "010", "1e3", "2001-12-14", "0x1F", "1_000", ".inf", "12345e67"})
    void whatYamlWouldTurnIntoSomethingElseStaysText(String text) {
        Optional<YamlValue> plain = YamlFile.parse(Path.of("x.yaml"), text, problems);
        assertThat(plain.flatMap(Values::line)).contains(text);
    }

    @ParameterizedTest
    @CsvSource({
        "(?<object>a), object, true",
        "a|b(?<object>c)|d, object, true",
        "(?<objects>a), object, false",
        "\\(?<object>a, object, false",
        "\\Q(?<object>a)\\E, object, false",
        "[(?<object>a)], object, false",
        "(?x) a # (?<object>b), object, false"
    })
    void groupsAreThoseOfTheExpression(String regex, String group, boolean there) {
        assertThat(EvidenceReader.hasGroup(regex, group)).isEqualTo(there);
    }

    @Test
    void columnsCountCodePoints() {
        YamlFile.parse(Path.of("x.yaml"), "\"\uD83D\uDC1B\": \"\uD83D\uDC1B\"\n\"\uD83D\uDC1B\": 1", problems)
                .flatMap(YamlValue::table)
                .ifPresent(YamlTable::refuseOthers);
        assertThat(problems.all().stream().map(Problem::place)).containsExactly("x.yaml:1:1", "x.yaml:2:1");
        assertThat(Place.after("a\nb\uD83D\uDC1B")).isEqualTo(new Place(2, 3));
        assertThat(Place.characterAt("a\nb\uD83D\uDC1Bc", 2, 3)).isEqualTo('c');
        assertThat(Place.characterAt("a\nb", 2, 2)).isEqualTo(-1);
        assertThat(Place.characterAt("a\nb", 3, 1)).isEqualTo(-1);
    }

    @Test
    void aFileOfNoiseIsCutShort() {
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < 900; i++) {
            noise.append("key").append(i).append(": x\n");
        }
        YamlFile.parse(Path.of("x.yaml"), noise.toString(), problems)
                .flatMap(YamlValue::table)
                .ifPresent(YamlTable::refuseOthers);
        assertThat(problems.all()).hasSize(Problems.PER_FILE);
    }

    private YamlValue value(String text) {
        return YamlFile.parse(Path.of("x.yaml"), "\"" + text + "\"", problems).orElseThrow();
    }
}
