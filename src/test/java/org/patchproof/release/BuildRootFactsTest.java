package org.patchproof.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BuildRootFactsTest {
    private static final String RPM = "RPM version 4.11.3";

    private static BuildRootFacts container(String name, String digest, String packages, String gcc) {
        TreeMap<String, List<String>> filling = new TreeMap<>();
        filling.put("suite", List.of("bookworm"));
        filling.put("packages", List.of("gcc", "make"));
        filling.put("components", List.of());
        return new BuildRootFacts("container", name, filling, Optional.of(digest), packages, gcc, RPM);
    }

    @Test
    void papersGiveBackWhatTheyWereTold() {
        BuildRootFacts told = container("debian bookworm", "ab", "feed", "12.2.0");
        ObjectNode node = ReleaseJson.MAPPER.createObjectNode();
        told.write(node);
        BuildRootFacts read = BuildRootFacts.read(node).orElseThrow();
        assertThat(read.otherThan(told)).isEmpty();
        assertThat(read.filling().get("packages")).containsExactly("gcc", "make");
        assertThat(read.filling().get("suite")).containsExactly("bookworm");
        assertThat(read.words()).isEqualTo("container debian bookworm, gcc 12.2.0, RPM version 4.11.3");
    }

    @Test
    void anotherRootIsToldFromTheSameUnderAnotherName() {
        BuildRootFacts there = container("localhost/el7:1", "sha256:aa 11", "feed", "4.8.5");
        assertThat(there.otherThan(container("mine", "sha256:bb 11", "feed", "4.8.5")))
                .as("the same image, carried")
                .isEmpty();
        assertThat(there.otherThan(container("mine", "sha256:aa 22", "feed", "4.8.5")))
                .hasValueSatisfying(words -> assertThat(words)
                        .isEqualTo("built in another root: container mine, gcc 4.8.5, " + RPM
                                + "; the release was built in container localhost/el7:1, gcc 4.8.5, " + RPM
                                + " (the same packages are installed, other files differ)"));
        assertThat(there.otherThan(container("mine", "sha256:aa 22", "beef", "4.8.5")))
                .hasValueSatisfying(words -> assertThat(words).endsWith("(other packages are installed)"));
        assertThat(there.otherThan(new BuildRootFacts(
                        "host", "CentOS 7", new TreeMap<>(), Optional.empty(), "feed", "4.8.5", RPM)))
                .isPresent();
    }

    @Test
    void papersOfEarlierVersionsSayNothingOfARoot() {
        assertThat(recipe("{\"package\": \"kernel\", \"host\": \"Debian\"}").root())
                .isEmpty();
        Provenance.Recipe now = recipe("{\"package\": \"kernel\", \"root\": {\"kind\": \"mock\", \"name\": \"c\","
                + " \"filling\": {\"config\": [\"c\"]}, \"packages\": \"p\", \"compiler\": \"4.8.5\","
                + " \"rpmbuild\": \"r\"}}");
        BuildRootFacts root = now.root().orElseThrow();
        assertThat(root.kind()).isEqualTo("mock");
        assertThat(root.digest()).isEmpty();
        assertThat(root.filling()).containsEntry("config", List.of("c"));
        assertThatThrownBy(() -> Provenance.recipe(ReleaseJson.MAPPER.createObjectNode()))
                .isInstanceOf(RefusedException.class);
    }

    private static Provenance.Recipe recipe(String internal) {
        try {
            JsonNode statement = ReleaseJson.MAPPER.readTree("{\"_type\": \"" + Provenance.STATEMENT
                    + "\", \"predicate\": {\"buildDefinition\": {\"buildType\": \"" + Provenance.BUILD_TYPE
                    + "\", \"internalParameters\": " + internal + "}}}");
            return Provenance.recipe(statement);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
