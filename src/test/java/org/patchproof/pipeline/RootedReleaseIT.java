package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.Trees;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.RunningCommand;
import org.patchproof.release.Dsse;
import org.patchproof.release.Gpg;
import org.patchproof.release.RefusedException;
import org.patchproof.release.ReleaseWork;
import org.patchproof.testing.BuildRootOfTests;
import org.patchproof.testing.StubKernel;
import org.patchproof.testing.ThrowAwayKey;

/** A release out of a container, with the real podman and rpmbuild, and made again by a third party. */
class RootedReleaseIT {
    @TempDir
    Path dir;

    private final List<Command> commands = new ArrayList<>();
    private final Heard heard = new Heard();
    private ThrowAwayKey key;
    private ReleaseBench bench;

    @BeforeEach
    void bench() throws IOException {
        key = new ThrowAwayKey(dir, ReleaseBench.USER);
        bench = new ReleaseBench(dir, key);
        BuildRootOfTests.use(bench.workspace);
        bench.proved("0002-fix.patch");
        BuildRootOfTests.share(dir.resolve("cache"));
    }

    @AfterEach
    void forget() throws IOException {
        key.close();
        Trees.delete(dir.resolve("copy"));
    }

    @Test
    void itIsBuiltInTheKernelsRootTellsOfThatAndIsMadeAgainInItsLike() throws Exception {
        ReleaseResult result = new Releasing(recorder()).release(bench.request(), heard);

        assertThat(result.exitCode()).isEqualTo(ExitCode.HOPED);
        assertThat(heard.steps().stream().filter(step -> step.endsWith(" ROOT")))
                .as("opened once for all builds")
                .containsExactly("begun  ROOT", "ended  ROOT");
        nothingWasBuiltOnTheHost();
        givenUp();
        JsonNode root = papersTellOfTheRoot();

        RebuildResult same = rebuild(Optional.empty());
        assertThat(same.differences()).isEmpty();
        assertThat(same.equal()).containsExactly("kernel-1.0.7-3.demo.x86_64.rpm");
        assertThat(same.otherRoot()).as("it is the same root").isEmpty();
        nothingWasBuiltOnTheHost();
        givenUp();

        RebuildResult other = rebuild(Optional.of(anotherRoot()));
        assertThat(other.exitCode()).isEqualTo(ExitCode.SAYS_NO);
        assertThat(other.otherRoot().orElseThrow())
                .startsWith("built in another root: container " + dir.resolve("copy"))
                .contains("the release was built in container debian bookworm, gcc "
                        + root.path("compiler").asText())
                .endsWith("(other packages are installed)");
        assertThat(heard.notes()).contains(other.otherRoot().orElseThrow());
        assertThat(other.otherTools()).singleElement().asString().startsWith("pkg:deb/debian/make@4711?");

        assertThatThrownBy(
                        () -> rebuild(Optional.of(new BuildRoot.Container(new Filling.Image("localhost/no-such:1")))))
                .isInstanceOfSatisfying(TroubleException.class, e -> {
                    assertThat(e.getMessage()).isEqualTo("podman has no image localhost/no-such:1");
                    assertThat(e.remedy()).contains("podman pull", "--root-image NAME", "--root-directory DIR");
                });
    }

    /** By whom comes second: the root is open by then. */
    @Test
    void aReleaseThatIsRefusedGivesItsRootUp() throws Exception {
        Files.createDirectory(dir.resolve(".release.in-the-making"));
        try (ReleaseWork first = ReleaseWork.open(bench.out, "of somebody else")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> new Releasing(recorder()).release(bench.request(), heard))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("another patchproof is making");
        }
        assertThat(heard.steps()).contains("ended  ROOT");
        givenUp();
    }

    private RebuildResult rebuild(Optional<BuildRoot> root) {
        return new Rebuilding(recorder()).rebuild(bench.rebuild(root), heard);
    }

    /** Another packager in rpm's configuration, and a make that calls itself another. */
    private BuildRoot anotherRoot() throws IOException {
        Path copy = dir.resolve("copy");
        StubKernel.run(Command.of("cp", "-a", BuildRootOfTests.directory().toString(), copy.toString()))
                .orThrow();
        Files.writeString(
                Files.createDirectories(copy.resolve("etc/rpm")).resolve("macros"), "%packager Somebody Else\n");
        Path status = copy.resolve("var/lib/dpkg/status");
        Files.writeString(
                status, Files.readString(status).replaceAll("(?ms)(^Package: make\n.*?^Version: )[^\n]*", "$14711"));
        return new BuildRoot.Container(new Filling.Directory(copy));
    }

    private void nothingWasBuiltOnTheHost() {
        List<Command> rpmbuilds = commands.stream()
                .filter(command -> command.argv().contains("rpmbuild"))
                .toList();
        assertThat(rpmbuilds)
                .isNotEmpty()
                .allSatisfy(command -> assertThat(command.argv()).contains("podman", "--network=none"));
        assertThat(commands).noneMatch(command -> command.program().equals("dpkg-query"));
    }

    /** Containers are removed as they end: what is asked for in the end is whether one was left. */
    private void givenUp() {
        String last = commands.stream()
                .filter(command -> command.argv().contains("podman"))
                .reduce((first, second) -> second)
                .orElseThrow()
                .display();
        assertThat(last).contains("podman ps --all --filter", "name=^patchproof-");
        commands.clear();
    }

    private JsonNode papersTellOfTheRoot() throws Exception {
        JsonNode statement = Dsse.open(
                bench.out.resolve("papers/provenance.json"),
                new Gpg(key.runner(), Optional.empty()),
                bench.out.resolve("RPM-GPG-KEY"));
        JsonNode root = statement.findPath("internalParameters").path("root");
        assertThat(root.path("kind").asText()).isEqualTo("container");
        assertThat(root.path("name").asText()).isEqualTo("debian bookworm");
        assertThat(root.path("digest").asText()).matches("[0-9a-f]{64}");
        assertThat(root.path("packages").asText()).matches("[0-9a-f]{64}");
        assertThat(root.path("filling").path("packages")).hasSize(6);
        assertThat(statement.findPath("resolvedDependencies").findValuesAsText("uri"))
                .anyMatch(uri -> uri.startsWith("pkg:deb/debian/gcc@"))
                .as("what only the host has: this release needs it, and the root does not")
                .noneMatch(uri -> uri.startsWith("pkg:deb/debian/createrepo-c@"));
        assertThat(statement.findPath("builder").path("version").path("gcc").asText())
                .contains(root.path("compiler").asText());
        assertThat(Files.readString(bench.out.resolve("papers/sbom.cdx.json")))
                .contains("container debian bookworm, gcc ", root.path("digest").asText())
                .doesNotContain("createrepo-c");
        assertThat(Files.readString(bench.out.resolve("RELEASE.md")))
                .contains("built twice, clean, in container debian bookworm, gcc ");
        return root;
    }

    /** Real tools and a key's home, remembered. */
    private CommandRunner recorder() {
        CommandRunner real = key.runner();
        return new CommandRunner() {
            @Override
            public CommandResult run(Command command, Consumer<String> lines) {
                commands.add(command);
                return real.run(command, lines);
            }

            @Override
            public RunningCommand start(Command command) {
                return real.start(command);
            }
        };
    }
}
