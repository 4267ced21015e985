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
import picocli.CommandLine;

class RebuildCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<RebuildRequest> asked = new ArrayList<>();

    private int rebuild(RebuildResult result, String... args) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Screen screen = new Screen(stream, stream, Screen.Kind.PIPE, Map.of(), Optional.empty());
        RebuildCommand command = new RebuildCommand(screen, (request, listener) -> {
            asked.add(request);
            return result;
        });
        return new CommandLine(command).execute(args);
    }

    @Test
    void equalPackagesAreNamedAndTheKeyIsCalledTheReleasesOwn() {
        RebuildResult equal = new RebuildResult("C274626449A9FB5F", List.of("k.rpm"), List.of(), List.of(), List.of());
        assertThat(rebuild(equal, "r/papers/provenance.json", "--jobs", "3", "-o", "there"))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Signed by C274626449A9FB5F (the release's own key", "equal: k.rpm");
        assertThat(asked)
                .containsExactly(
                        new RebuildRequest(Path.of("r/papers/provenance.json"), Optional.empty(), Path.of("there"), 3));
    }

    @Test
    void aDifferenceIsANoAndOtherToolsMayBeWhy() {
        RebuildResult other = new RebuildResult(
                "C274626449A9FB5F",
                List.of(),
                List.of("k /boot/vmlinuz: content \u001b[2J"),
                List.of("pkg:deb/debian/gcc@13"),
                List.of());
        assertThat(rebuild(other, "p.json", "--key", "vendor.asc")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Signed by C274626449A9FB5F\n", "differs: k /boot/vmlinuz", "pkg:deb/debian/gcc@13")
                .doesNotContain("\u001b");
        assertThat(asked.get(0).publicKey()).contains(Path.of("vendor.asc"));
    }
}
