package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.release.BuildRootFacts;
import org.patchproof.release.RefusedException;
import org.patchproof.root.RootIdentity;
import org.patchproof.testing.FakeRoot;

class RecordedRootTest {
    static Stream<BuildRoot> roots() {
        return Stream.of(
                BuildRoot.HOST,
                new BuildRoot.Container(new Filling.Image("localhost/el7:1")),
                new BuildRoot.Container(new Filling.Directory(Path.of("/srv/roots/el7"))),
                new BuildRoot.Container(new Filling.Debian("bookworm", List.of("main"), List.of("gcc", "make"))),
                new BuildRoot.Mock("centos+epel-7-x86_64"));
    }

    @ParameterizedTest
    @MethodSource("roots")
    void whatPapersSayOpensTheSameAgain(BuildRoot root) {
        RootIdentity identity = new RootIdentity(root.word(), "a name", Optional.empty(), "feed", "4.8.5", "RPM 4");
        BuildRootFacts facts = RecordedRoot.facts(root, identity, "CentOS 7");
        assertThat(RecordedRoot.asked(Optional.of(facts))).isEqualTo(root);
    }

    @Test
    void aHostIsCalledByItsSystemAndOthersByTheirName() {
        RootIdentity host = new RootIdentity("host", "this host", Optional.empty(), "feed", "4.8.5", "RPM 4");
        assertThat(RecordedRoot.facts(BuildRoot.HOST, host, "CentOS 7").words())
                .isEqualTo("host CentOS 7, gcc 4.8.5, RPM 4");
        BuildRoot image = new BuildRoot.Container(new Filling.Image("localhost/el7:1"));
        assertThat(RecordedRoot.facts(image, new FakeRoot().identity(), "Debian")
                        .words())
                .isEqualTo("container localhost/el7:1, gcc 4.8.5, RPM version 4.11.3");
    }

    @Test
    void papersThatKnowNoRootMeanTheirHost() {
        assertThat(RecordedRoot.asked(Optional.empty())).isEqualTo(BuildRoot.HOST);
    }

    @ParameterizedTest
    @CsvSource({
        "container, image, --privileged",
        "container, image, ''",
        "container, directory, '/a:/b'",
        "container, directory, '-v'",
        "container, directory, ''",
        "container, suite, '--include=x'",
        "container, config, x",
        "mock, config, --enable-network",
        "mock, image, x",
        "chroot, directory, /srv"
    })
    void nothingInPapersBecomesAnOption(String kind, String key, String value) {
        TreeMap<String, List<String>> filling = new TreeMap<>();
        filling.put(key, List.of(value));
        BuildRootFacts facts = new BuildRootFacts(kind, "x", filling, Optional.empty(), "p", "4.8.5", "RPM 4");
        assertThatThrownBy(() -> RecordedRoot.asked(Optional.of(facts)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.remedy()).contains("--root-image NAME", "--root-directory DIR"));
    }
}
