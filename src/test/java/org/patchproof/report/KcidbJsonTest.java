package org.patchproof.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KcidbJsonTest {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(KcidbJsonTest.class.getResourceAsStream("/report/kcidb-5.3.schema.json"));

    private final JsonNode json = read(Samples.everyVerdict());

    @Test
    void theSchemaTakesIt() {
        assertThat(complaints(json)).isEmpty();
        assertThat(complaints(read(Samples.hostile()))).isEmpty();
    }

    @Test
    void theSchemaWouldNotTakeAnything() {
        ObjectNode bad = read(Samples.everyVerdict()).deepCopy();
        ((ObjectNode) bad.at("/builds/0")).put("surprise", 1);
        ((ObjectNode) bad.at("/tests/0")).put("status", "FINE").put("start_time", "yesterday");
        ((ObjectNode) bad.at("/checkouts/0")).put("origin", "Patch Proof");
        assertThat(complaints(bad)).hasSize(4);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryIdIsItsOwn() {
        Set<String> ids = new HashSet<>();
        for (String array : List.of("checkouts", "builds", "tests", "issues", "incidents")) {
            for (JsonNode node : json.get(array)) {
                assertThat(ids.add(array + " " + node.get("id").asText()))
                        .as(node.get("id").asText())
                        .isTrue();
            }
        }
        json.get("builds")
                .forEach(b -> assertThat(ids)
                        .contains("checkouts " + b.get("checkout_id").asText()));
        json.get("tests")
                .forEach(t ->
                        assertThat(ids).contains("builds " + t.get("build_id").asText()));
        json.get("incidents")
                .forEach(i -> assertThat(ids)
                        .contains(
                                "builds " + i.get("build_id").asText(),
                                "issues " + i.get("issue_id").asText()));
    }

    @Test
    void controlAndCandidatesAreBuildsOfOneCheckoutAndARejectedSeriesIsACheckoutThatIsNotValid() {
        assertThat(json.get("checkouts")).hasSize(2);
        assertThat(json.at("/checkouts/0/valid").asBoolean()).isTrue();
        assertThat(json.at("/checkouts/0/patchset_hash").asText()).isEmpty();
        assertThat(json.at("/checkouts/0").has("git_commit_hash")).isFalse();
        assertThat(json.at("/checkouts/1/valid").asBoolean()).isFalse();
        // printf '1%.0s' {1..64} | sed 's/$/\n/' | sha256sum, as sha256sum | cut -c-64 | sha256sum makes it
        assertThat(json.at("/checkouts/1/patchset_hash").asText())
                .isEqualTo("%s".formatted(sha256OfLine("1".repeat(64))));
        Set<String> of = new HashSet<>();
        json.get("builds").forEach(build -> of.add(build.get("checkout_id").asText()));
        assertThat(of).containsExactly(json.at("/checkouts/0/id").asText());
    }

    @Test
    void trialsAreTestsAndOnlyTheKernelsFaultIsAFailure() {
        List<String> said = new ArrayList<>();
        json.get("tests")
                .forEach(test -> said.add(test.at("/misc/outcome").asText() + " "
                        + test.get("status").asText()));
        assertThat(said).contains("CLEAN PASS", "REPRODUCED FAIL", "INFRA MISS", "UNEXERCISED ERROR");
        List<String> builds = new ArrayList<>();
        json.get("builds")
                .forEach(build -> builds.add(build.at("/misc/verdict").asText() + " "
                        + build.get("status").asText()));
        assertThat(builds).contains("BUILD_FAILED FAIL", "BOOT_FAILED PASS", "FIXED PASS");
    }

    @Test
    void onlyAVerdictThatSpeaksOfTheBugSaysWhetherItIsThere() {
        List<String> said = new ArrayList<>();
        json.get("incidents")
                .forEach(incident -> said.add(
                        incident.get("comment").asText().replaceFirst(":.*", "") + " " + incident.get("present")));
        assertThat(said).containsExactly("REPRODUCED true", "FIXED false", "STILL_REPRODUCES true");
    }

    private static String sha256OfLine(String line) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest((line + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(Findings findings) {
        try {
            return new ObjectMapper().readTree(KcidbJson.render(findings));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<ValidationMessage> complaints(JsonNode node) {
        return SCHEMA.validate(node, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }
}
