package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.release.BuildRootFacts;
import org.patchproof.release.Provenance.Recipe;
import org.patchproof.release.ReleaseFacts.BuildOptions;
import org.patchproof.testing.FakeRunner;
import org.patchproof.testing.RpmBuilder;

/** Which root a release is made again in, on a host whose gcc is 12. */
class RebuildRootTest {
    @TempDir
    Path dir;

    private final Heard heard = new Heard();
    private final FakeRunner runner = new FakeRunner()
            .answer("/bin/bash -c", 0, "== compiler 12.2.0\n== rpmbuild RPM version 4.18.0\n== packages feed\n");
    private Path srpm;

    @BeforeEach
    void srpm() throws IOException {
        srpm = RpmBuilder.source()
                .main(header -> header.string(1001, "3.10.0"))
                .spec("kernel.spec", "")
                .write(dir.resolve("kernel.src.rpm"));
    }

    private ReleaseRoot open(Optional<BuildRootFacts> recorded, Optional<BuildRoot> instead) throws Exception {
        Recipe recipe = new Recipe(
                "el7", new BuildOptions("kernel", true, Map.of(), List.of(), List.of()), recorded, Map.of(), Map.of());
        RebuildRequest request = new RebuildRequest(
                dir.resolve("provenance.json"), Optional.empty(), instead, dir.resolve("cache"), dir.resolve("w"), 1);
        return new RebuildRoot(runner, request, recipe, new Steps("el7", heard)).open(srpm);
    }

    private static BuildRootFacts facts(String kind, String gcc, Map<String, List<String>> filling) {
        return new BuildRootFacts(kind, "there", new TreeMap<>(filling), Optional.empty(), "feed", gcc, "RPM 4");
    }

    @Test
    void theCompilerThatMadeItMayMakeItAgain() throws Exception {
        try (ReleaseRoot root = open(Optional.of(facts("host", "12.2.0", Map.of())), Optional.empty())) {
            assertThat(root.asked()).isEqualTo(BuildRoot.HOST);
            assertThat(root.facts().compiler()).isEqualTo("12.2.0");
        }
        assertThat(heard.steps()).containsExactly("begun again ROOT", "ended again ROOT");
    }

    @Test
    void anotherThatIsKnownToBeTooNewIsRefusedWithTheRootThatMadeIt() {
        assertThatThrownBy(() -> open(Optional.of(facts("host", "4.8.5", Map.of())), Optional.empty()))
                .isInstanceOfSatisfying(TroubleException.class, e -> {
                    assertThat(e.getMessage()).contains("gcc 12.2.0 is too new for");
                    assertThat(e.remedy())
                            .contains("was built in host there, gcc 4.8.5", "--root-image NAME")
                            .doesNotContain("YAML");
                });
    }

    /** A folder that is no root, on a host that may not even have podman. */
    @Test
    void aRootThatCannotBeOpenedIsOneRefusalThatNamesTheWayOut() {
        BuildRootFacts gone = facts(
                "container",
                "4.8.5",
                Map.of("directory", List.of(dir.resolve("gone").toString())));
        assertThatThrownBy(() -> open(Optional.of(gone), Optional.empty()))
                .isInstanceOfSatisfying(
                        TroubleException.class, e -> assertThat(e.remedy()).endsWith("\n" + RecordedRoot.ELSEWHERE));
        BuildRoot other = new BuildRoot.Container(new Filling.Directory(dir.resolve("other")));
        assertThatThrownBy(() -> open(Optional.of(facts("host", "12.2.0", Map.of())), Optional.of(other)))
                .as("the one that was asked for, and not the papers'")
                .isInstanceOf(TroubleException.class);
    }
}
