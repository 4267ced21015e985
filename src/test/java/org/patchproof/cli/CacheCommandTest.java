package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheCommandTest {
    @TempDir
    Path dir;

    private Path srpm;
    private CommandBench bench;

    @BeforeEach
    void fill() throws IOException {
        srpm = dir.resolve("patchproof/srpms/vendor.src.rpm");
        Files.createDirectories(srpm.getParent());
        Files.write(srpm, new byte[3 << 20]);
        bench = new CommandBench(Screen.Kind.PIPE, Map.of("XDG_CACHE_HOME", dir.toString()));
    }

    @Test
    void showsWhatIsThere() {
        assertThat(bench.run("cache")).isZero();
        assertThat(bench.out())
                .containsPattern("srpm +3\\.0 MiB  20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d  vendor\\.src\\.rpm\n")
                .endsWith("3.0 MiB in " + dir.resolve("patchproof") + "\n");
    }

    @Test
    void asJson() throws IOException {
        assertThat(bench.run("cache", "show", "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(bench.out());
        assertThat(json.at("/bytes").asLong()).isEqualTo(3 << 20);
        assertThat(json.at("/items/0/kind").asText()).isEqualTo("SRPM");
        assertThat(json.at("/items/0/words").asText()).isEqualTo("vendor.src.rpm");
    }

    @Test
    void pruningSaysWhatItWouldDoAndThenDoesIt() {
        assertThat(bench.run("cache", "prune", "--max-size", "1M", "--dry-run")).isZero();
        assertThat(bench.out()).contains("vendor.src.rpm\nwould remove 3.0 MiB, 0.0 KiB would be left in ");
        assertThat(srpm).exists();
        assertThat(bench.run("cache", "prune", "--max-size", "1G", "--max-age", "30d"))
                .isZero();
        assertThat(srpm).exists();
        assertThat(bench.run("cache", "prune", "--max-size", "1M")).isZero();
        assertThat(bench.out()).contains("removed 3.0 MiB, 0.0 KiB are left in ");
        assertThat(srpm).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cache prune | Give --max-size, as 20G, or --max-age, as 30d, or both.",
                "cache prune --max-size much | is no size: write 500M or 20G",
                "cache prune --max-age long | is no duration",
                "cache show --max-age 3d | Say: patchproof cache prune",
                "cache clear | cache knows no 'clear'",
            })
    void whatIsWrongIsSaidWithTheRemedy(String line, String said) {
        assertThat(bench.run(line.split(" "))).isEqualTo(2);
        assertThat(bench.err()).contains(said);
        assertThat(srpm).exists();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4096, 4096", "64K, 65536", "20G, 21474836480", "1T, 1099511627776", "2GiB, 2147483648"})
    void sizesArePowersOf1024(String words, long bytes) {
        assertThat(new SizeConverter().convert(words)).isEqualTo(bytes);
    }
}
