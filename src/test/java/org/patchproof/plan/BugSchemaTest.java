package org.patchproof.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docs/bug.schema.json, for editors, agrees with what is read. */
class BugSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMA = Path.of("docs/bug.schema.json");
    private static final String DEMO = "src/test/resources/plan/good/specs/bugs/demo/bug.yaml";

    @ParameterizedTest
    @ValueSource(strings = {"specs/bugs/netdev-leak/bug.yaml", "specs/bugs/fnhe-oldest/bug.yaml", DEMO})
    void whatIsReadIsValid(String file) throws IOException {
        assertThat(schema().validate(document(Files.readString(Path.of(file))))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: A bug | titel: A bug",
                "cpus: 4 | cpus: many",
                "provoke: 120s | provoke: soon",
                "role: candidate | role: canditate",
                "slow: {cpus: 2 | slow: {cpu: 2",
                "slow: {cpus | default: {cpus",
                "passed: | past:"
            })
    void whatIsRefusedIsNot(String right, String wrong) throws IOException {
        String good = Files.readString(Path.of(DEMO));
        assertThat(good).contains(right);
        assertThat(schema().validate(document(good.replace(right, wrong)))).isNotEmpty();
    }

    /** The reader tells what it knows when it meets a key that it does not know. */
    @ParameterizedTest
    @CsvSource({"unknown-key, /properties", "bad-profile, /$defs/reproduction/properties"})
    void theKeysAreThoseOfTheReader(String mistake, String place) throws IOException {
        String said = Files.readString(Path.of("src/test/resources/plan/cases", mistake, "expected.txt"));
        String known = said.lines()
                .filter(line -> line.contains("Known: ") && !line.contains(".sh"))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*Known: ", "")
                .replaceAll("\\.$", "");
        Set<String> keys = new TreeSet<>();
        JSON.readTree(SCHEMA.toFile()).at(place).fieldNames().forEachRemaining(keys::add);
        assertThat(keys).isEqualTo(new TreeSet<>(Set.of(known.split(", "))));
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JSON.readTree(SCHEMA.toFile()));
    }

    private static JsonNode document(String yaml) {
        return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml));
    }
}
