package org.patchproof.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.BuildRootOfTests;
import org.patchproof.testing.FakeRunner;

/** The real podman with a root made from Debian packages: what goes in, what cannot get out, what is left. */
class ContainerRootIT {
    private static final LeashedRunner RUNNER = new LeashedRunner();
    private static OpenRoot root;

    @TempDir
    Path dir;

    private Path topdir;

    @BeforeAll
    static void open() throws IOException {
        root = BuildRootOfTests.open();
    }

    @AfterAll
    static void close() {
        root.close();
        assertThat(containers("")).isEmpty();
    }

    @BeforeEach
    void topdir() throws IOException {
        topdir = dir.resolve("topdir");
        for (String name : List.of("SOURCES", "SPECS", "BUILD")) {
            Files.createDirectories(topdir.resolve(name));
        }
    }

    @Test
    void saysOfWhatItIsMade() throws IOException {
        RootIdentity identity = root.identity();
        assertThat(identity.kind()).isEqualTo("container");
        assertThat(identity.compiler()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(identity.rpmbuild()).contains("RPM");
        assertThat(identity.packages()).matches("[0-9a-f]{64}");
        assertThat(identity.digest().orElseThrow()).matches("[0-9a-f]{64}");
        assertThat(root.onHost()).isFalse();
        // Made once: the second time it is there, and is the same.
        try (OpenRoot again = BuildRootOfTests.open()) {
            assertThat(again.identity()).isEqualTo(identity);
        }
    }

    @Test
    void argumentsAndEnvironmentArriveAsTheyAreAndFilesBelongToUs() throws IOException {
        Command command = Command.of(
                        "bash", "-c", "printf '%s|' \"$@\" \"$V\" > BUILD/said; exit 7", "x", "a  b", "$(id)")
                .with("V", "c 'd'");
        CommandResult result = RUNNER.run(root.inside(command, topdir));
        assertThat(result.exitCode()).as(result.transcript()).isEqualTo(7);
        Path said = topdir.resolve("BUILD/said");
        assertThat(said).hasContent("a  b|$(id)|c 'd'|");
        assertThat(Files.getOwner(said)).isEqualTo(Files.getOwner(dir));
    }

    @Test
    void sourcesAreReadOnlyTheRootIsThrownAwayAndThereIsNoNetwork() {
        assertThat(run("echo x > SOURCES/x").ok()).isFalse();
        assertThat(run("echo x > SPECS/x").ok()).isFalse();
        assertThat(run("echo x > /usr/left-behind && ls /usr/left-behind").ok()).isTrue();
        assertThat(run("ls /usr/left-behind").ok()).isFalse();
        assertThat(run("ls /sys/class/net | grep -v '^lo$'").ok()).isFalse();
        assertThat(run("mount -t tmpfs x /mnt").ok()).isFalse();
    }

    @Test
    void theTimeLimitEndsAllThatRunsInIt() throws Exception {
        Command command = Command.of("bash", "-c", "(sleep 8; echo alive > BUILD/alive) & sleep 60")
                .within(Duration.ofSeconds(4));
        CommandResult result = RUNNER.run(root.inside(command, topdir));
        assertThat(result.ending()).isEqualTo(CommandResult.Ending.TIMED_OUT);
        Thread.sleep(6_000);
        assertThat(topdir.resolve("BUILD/alive")).doesNotExist();
        assertThat(containers("status=running")).isEmpty();
    }

    /** kill -9 of a patchproof takes its leash, its podman, and the container with it. */
    @Test
    void itDiesWithWhoeverStartedIt() throws Exception {
        Command inside =
                root.inside(Command.of("bash", "-c", "echo up > BUILD/up; sleep 30; echo alive > BUILD/alive"), topdir);
        Process starter = new ProcessBuilder(inside.argv())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("out").toFile())
                .start();
        waitFor(topdir.resolve("BUILD/up"));
        starter.descendants().forEach(ProcessHandle::destroyForcibly);
        starter.destroyForcibly();
        starter.waitFor();
        for (int i = 0; i < 50 && !containers("status=running").isEmpty(); i++) {
            Thread.sleep(200);
        }
        assertThat(containers("status=running")).isEmpty();
        assertThat(topdir.resolve("BUILD/alive")).doesNotExist();
    }

    /** Whose monitor is dead too, a container stays; the next one who opens a root removes it, and no other's. */
    @Test
    void whatADeadRunLeftIsRemovedAndWhatALivingOneHasIsNot() throws Exception {
        Path rootfs = Path.of(
                root.identity().name().startsWith("/")
                        ? root.identity().name()
                        : BuildRootOfTests.directory().toString());
        Owner dead = new Owner(Owner.self().boot(), ProcessHandle.current().pid(), 1);
        String old = "pp-dead-" + ProcessHandle.current().pid();
        String live = "pp-live-" + ProcessHandle.current().pid();
        for (var one : List.of(java.util.Map.entry(old, dead), java.util.Map.entry(live, Owner.self()))) {
            RUNNER.run(Command.of(
                            "podman",
                            "create",
                            "--name=" + one.getKey(),
                            "--label=" + PodmanRun.LABEL + "=" + one.getValue(),
                            "--network=none",
                            "--rootfs",
                            rootfs + ":O",
                            "sleep",
                            "1"))
                    .orThrow();
        }
        try {
            assertThat(new LeftContainers(RUNNER).removeDead()).isEqualTo(1);
            assertThat(containers("name=" + old)).isEmpty();
            assertThat(containers("name=" + live)).hasSize(1);
        } finally {
            new LeftContainers(RUNNER).removeNamed("pp-");
        }
    }

    /** Whatever the name stands for by then. */
    @Test
    void whatRunsIsTheImageThatWasLookedAt() throws IOException {
        FakeRunner played = new FakeRunner()
                .answer("podman image inspect", 0, "sha256:ab 0123cd\n")
                .answer("/bin/bash -c", 0, "== compiler 4.8.5\n== rpmbuild RPM version 4.11.3\n== packages feed\n");
        BuildRoot asked = new BuildRoot.Container(new Filling.Image("localhost/el7:1"));
        try (OpenRoot opened = new BuildRoots(played, dir).open(asked, dir, dir.resolve("l"), w -> {})) {
            assertThat(opened.identity().digest()).contains("sha256:ab 0123cd");
            assertThat(opened.identity().name()).isEqualTo("localhost/el7:1");
            assertThat(opened.inside(Command.of("rpmbuild"), topdir).argv())
                    .contains("0123cd")
                    .doesNotContain("localhost/el7:1");
        }
    }

    @Test
    void whatIsNotThereIsSaidWithTheRemedy() {
        BuildRoots roots = new BuildRoots(RUNNER, dir);
        assertThatThrownBy(() -> roots.open(
                        new BuildRoot.Container(new Filling.Image("localhost/no-such-image:1")),
                        dir,
                        dir.resolve("l"),
                        w -> {}))
                .isInstanceOfSatisfying(
                        RootException.class, e -> assertThat(e.remedy()).contains("podman pull"));
        assertThatThrownBy(() ->
                        roots.open(new BuildRoot.Container(new Filling.Directory(dir)), dir, dir.resolve("l"), w -> {}))
                .isInstanceOf(RootException.class)
                .hasMessageContaining("has no bin/bash");
    }

    private CommandResult run(String script) {
        return RUNNER.run(root.inside(Command.of("bash", "-c", script), topdir));
    }

    private static List<String> containers(String filter) {
        return RUNNER.run(Command.of(
                        "podman",
                        "ps",
                        "--all",
                        "--filter",
                        "label=" + PodmanRun.LABEL,
                        "--format",
                        "{{.Names}} {{.Status}}",
                        "--filter",
                        filter.isEmpty() ? "label=" + PodmanRun.LABEL : filter))
                .orThrow()
                .output()
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static void waitFor(Path file) throws InterruptedException {
        for (int i = 0; i < 150 && !Files.exists(file); i++) {
            Thread.sleep(100);
        }
        assertThat(file).exists();
    }
}
