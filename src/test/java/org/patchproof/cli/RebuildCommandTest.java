package org.patchproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchproof.pipeline.RebuildRequest;
import org.patchproof.pipeline.RebuildResult;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import picocli.CommandLine;

class RebuildCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<RebuildRequest> asked = new ArrayList<>();

    private int rebuild(RebuildResult result, String... args) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Screen screen =
                new Screen(stream, stream, Screen.Kind.PIPE, Map.of("XDG_CACHE_HOME", "/cache"), Optional.empty());
        RebuildCommand command = new RebuildCommand(screen, (request, listener) -> {
            asked.add(request);
            return result;
        });
        return new CommandLine(command).execute(args);
    }

    @Test
    void equalPackagesAreNamedAndTheKeyIsCalledTheReleasesOwn() {
        RebuildResult equal = new RebuildResult(
                "C274626449A9FB5F", List.of("k.rpm"), List.of(), Optional.empty(), List.of(), List.of());
        assertThat(rebuild(equal, "r/papers/provenance.json", "--jobs", "3", "-o", "there"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Signed by C274626449A9FB5F (the release's own key", "equal: k.rpm");
        assertThat(asked)
                .containsExactly(new RebuildRequest(
                        Path.of("r/papers/provenance.json"),
                        Optional.empty(),
                        Optional.empty(),
                        Path.of("/cache/patchproof"),
                        Path.of("there"),
                        3));
    }

    @Test
    void aRootThatIsElsewhereIsNamedByImageOrDirectoryAndNotByBoth() {
        RebuildResult equal =
                new RebuildResult("C274626449A9FB5F", List.of(), List.of(), Optional.empty(), List.of(), List.of());
        assertThat(rebuild(equal, "p.json", "--root-image", "localhost/el7:1")).isZero();
        assertThat(rebuild(equal, "p.json", "--root-directory", "roots/el7")).isZero();
        assertThat(asked)
                .extracting(request -> request.root().orElseThrow())
                .containsExactly(
                        new BuildRoot.Container(new Filling.Image("localhost/el7:1")),
                        new BuildRoot.Container(
                                new Filling.Directory(Path.of("roots/el7").toAbsolutePath())));
        assertThat(rebuild(equal, "p.json", "--root-image", "a", "--root-directory", "b"))
                .isEqualTo(2);
        assertThat(rebuild(equal, "p.json", "--root-image=--privileged")).isNotZero();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aDifferenceIsANoAndOtherToolsMayBeWhy() {
        RebuildResult other = new RebuildResult(
                "C274626449A9FB5F",
                List.of(),
                List.of("k /boot/vmlinuz: content \u001b[2J"),
                Optional.of("built in another root: \u001b[2Jcontainer mine"),
                List.of("pkg:deb/debian/gcc@13"),
                List.of());
        assertThat(rebuild(other, "p.json", "--key", "vendor.asc")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "Signed by C274626449A9FB5F\n",
                        "differs: k /boot/vmlinuz",
                        "container mine",
                        "pkg:deb/debian/gcc@13")
                .doesNotContain("\u001b");
        assertThat(asked.get(0).publicKey()).contains(Path.of("vendor.asc"));
    }
}
