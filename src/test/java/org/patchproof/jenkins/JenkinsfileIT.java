package org.patchproof.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.lesfurets.jenkins.unit.PipelineTestHelper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.GuestSpec;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.LeashedRunner;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.vm.GuestBuilder;

/**
 * The whole Jenkinsfile, its {@code sh} steps really run: real plan, real rpmbuild, real stashes between
 * the folders of several agents, real report. Only the machine is a fake ({@code FakeQemu}), which tells
 * a fixed kernel from a broken one by its code.
 */
class JenkinsfileIT {
    private static final String EVIDENCE = """
            evidence:
              symptom: 'route \\S+ is still held'
              exposure: {invalidated: 'route (?<object>\\S+) deleted', passed: 'route (?<object>\\S+) used'}
            """;

    @TempDir
    Path dir;

    private final List<String> builds = new ArrayList<>();
    private Path repository;
    private Path srpm;
    private LiveFiles files;

    @BeforeEach
    void aRepositoryWithTheFakeKernelAndAFakeMachine() throws Exception {
        repository = dir.resolve("repository");
        Workspace workspace = FakeWorkspace.make(repository);
        try (Stream<Path> made = Files.list(workspace.srpms())) {
            srpm = Files.move(made.findFirst().orElseThrow(), dir.resolve("kernel-1.0.7-3.src.rpm"));
        }
        Path bug = workspace.bugFile("demo");
        Files.writeString(
                bug, Files.readString(bug).replaceFirst("(?s)evidence:.*(?=kernels:)", EVIDENCE.replace("\\", "\\\\")));
        Path target = Files.createDirectories(repository.resolve("target"));
        Files.createSymbolicLink(target.resolve("patchproof-all.jar"), Path.of(System.getProperty("patchproof.jar")));
        program(repository.resolve("patchproof"), """
                #!/bin/bash
                # The launcher, as it would be on a host whose machines are fakes and not to be probed.
                home=$(cd "$(dirname "$0")" && pwd)
                command=$1
                shift
                if [ "$command" = verify ]; then set -- "$@" --accel tcg; fi
                exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Dpatchproof.home=$home" \\
                    -jar "$home/target/patchproof-all.jar" "$command" "$@"
                """);
        program(Files.createDirectories(dir.resolve("bin")).resolve("qemu-system-x86_64"), """
                #!/bin/bash
                exec java -Xmx64m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' org.patchproof.testing.FakeQemu "$@"
                """.formatted(
                        Path.of("target/test-classes").toAbsolutePath()));
        guest(PlanLoader.load(workspace, PlanRequest.of("demo")).cells().get(0).guest());
        files = new LiveFiles(repository, dir.resolve("controller"));
    }

    @Test
    void aFixIsProvedOnSeveralAgentsAndABuildThatBeginsAgainHasItsPackages() throws Exception {
        program(
                dir.resolve("bin/curl"),
                "#!/bin/sh\necho \"$@\" > '%s'\ncat > '%s'\ncp '%s' fetched.src.rpm\n"
                        .formatted(dir.resolve("curl-argv"), dir.resolve("curl-stdin"), srpm));
        FakeJenkins jenkins = jenkins()
                .with("VARIANTS", "fixed")
                .with("SRPM", "fake-1.0=https://mirror.example/kernel-1.0.7-3.src.rpm")
                .with("SRPM_CREDENTIALS", "srpm-mirror")
                .run();

        assertThat(jenkins.result()).as(jenkins.log()).isEqualTo("SUCCESS");
        assertThat(dir.resolve("curl-argv"))
                .content()
                .endsWith("-- https://mirror.example/kernel-1.0.7-3.src.rpm\n")
                .doesNotContain("someone");
        assertThat(dir.resolve("curl-stdin")).hasContent("user = \"someone:pass\\\"word\\\\\"\n");
        assertThat(jenkins.description()).isEqualTo("demo\nfake-1.0 control: REPRODUCED\nfake-1.0 fixed: FIXED");
        Path artifacts = files.artifacts();
        assertThat(artifacts.resolve("report/index.html")).content().contains("FIXED");
        assertThat(artifacts.resolve("report/junit.xml")).content().contains("fixed");
        assertThat(consoles("control"))
                .isNotEmpty()
                .allSatisfy(console -> assertThat(console).content().contains("route r0 is still held"));
        assertThat(consoles("fixed"))
                .isNotEmpty()
                .allSatisfy(console ->
                        assertThat(console).content().contains("route r59 used").doesNotContain("still held"));
        assertThat(left("kvm-1")).as("cells leave nothing").isEmpty();
        assertThat(left("lin-1")).containsExactly("builds");

        builds.clear();
        jenkins = jenkins().with("VARIANTS", "fixed rejected broken").run();
        assertThat(jenkins.result()).as(jenkins.log()).isEqualTo("FAILURE");
        assertThat(jenkins.description())
                .contains("control: REPRODUCED", "fixed: FIXED", "rejected: PATCH_REJECTED", "broken: BUILD_FAILED");
        assertThat(jenkins.failedStages()).containsExactly("Report");
        assertThat(builds)
                .anySatisfy(output -> assertThat(output)
                        .contains(
                                "fake-1.0/control: built by the earlier run",
                                "fake-1.0/fixed: built by the earlier run"));
    }

    /** The quick lane from plan to report: the candidate is built in the control's tree, and nothing is packed. */
    @Test
    void theQuickLaneIsAsStrictAndSaysThatItIsQuick() throws Exception {
        Path kernel = Workspace.at(repository).kernelFile("fake-1.0");
        FakeJenkins refused =
                jenkins().with("VARIANTS", "fixed").with("LANE", "quick").run();
        assertThat(refused.result()).as("the fake kernel has a module").isEqualTo("UNSTABLE");
        assertThat(refused.description()).contains("failed: fake-1.0: quick: wrong request");

        Files.writeString(
                kernel, Files.readString(kernel).replace("disk: 16M}", "disk: 16M, quick: {modules: unneeded}}"));
        FakeJenkins jenkins =
                jenkins().with("VARIANTS", "fixed").with("LANE", "quick").run();
        assertThat(jenkins.result()).as(jenkins.log()).isEqualTo("SUCCESS");
        assertThat(jenkins.description())
                .isEqualTo("demo\nfake-1.0 control: REPRODUCED (quick)\nfake-1.0 fixed: FIXED (quick)");
        Path artifacts = files.artifacts();
        assertThat(artifacts.resolve("report/index.html")).content().contains("FIXED (quick)", "quick lane");
        assertThat(artifacts.resolve("report/junit.xml")).content().contains("name=\"fixed (quick)\"");
        assertThat(artifacts.resolve("report/kcidb.json")).content().contains("\"lane\" : \"quick\"");
        assertThat(artifacts.resolve("report/summary.md")).content().doesNotContain("Tested-by");
        Path cell = artifacts.resolve("cell-fake-1.0");
        String record = Files.readString(last(cell, "run.json"));
        assertThat(record).contains("\"QUICK\"", "\"incremental\"").doesNotContain(".rpm\"\n");
        String commands = Files.readString(last(cell, "commands.jsonl"));
        assertThat(commands).contains("\"-bc\",\"--noprep\"").doesNotContain("\"-bb\"", "install.sh");
        assertThat(last(cell, "console-1.log")).exists();
        try (Stream<Path> walk = Files.walk(cell)) {
            assertThat(walk.filter(file -> file.toString().endsWith(".rpm"))).isEmpty();
        }

        // A bundle of the quick lane does not do where the usual lane is asked for.
        Path plan = dir.resolve("plan.json");
        Files.writeString(
                plan,
                Files.readString(artifacts.resolve("plan.json"))
                        .replaceFirst("\"lane\" *: *\"quick\"", "\"lane\": \"rpm\""));
        CommandResult report = new LeashedRunner()
                .run(Command.of(
                        "java",
                        "-jar",
                        System.getProperty("patchproof.jar"),
                        "report",
                        cell.toString(),
                        "--expect",
                        plan.toString(),
                        "-o",
                        dir.resolve("report").toString()));
        assertThat(report.exitCode()).as(report.transcript()).isEqualTo(4);
        assertThat(report.output()).contains("no bundle holds it");
    }

    /** Of the last run: the one that was refused left a bundle, too. */
    private static Path last(Path folder, String name) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(file -> file.getFileName().toString().equals(name))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    @Test
    void anAgentWithoutAMachineIsNamedAndSaysNothingOfTheKernel() throws Exception {
        program(dir.resolve("bin/qemu-system-x86_64"), "#!/bin/bash\nexit 1\n");
        FakeJenkins jenkins = jenkins().with("VARIANTS", "fixed").run();
        assertThat(jenkins.result()).as(jenkins.log()).isEqualTo("UNSTABLE");
        assertThat(jenkins.description()).contains("failed: fake-1.0: control on kvm-");
        assertThat(jenkins.failedStages()).containsExactly("fake-1.0: control", "fake-1.0: fixed");
    }

    private FakeJenkins jenkins() {
        return new FakeJenkins(new PipelineTestHelper(), this::shell, files)
                .in(dir.resolve("agents"))
                .withAgents("linux", "lin-1")
                .with("SRPM", "fake-1.0=" + srpm);
    }

    private int shell(Shell.Call call) {
        try {
            Files.createDirectories(call.directory());
            Command command = Command.of("/bin/sh", "-xe", "-c", call.script())
                    .in(call.directory())
                    .within(Duration.ofMinutes(3))
                    .with("PATH", dir.resolve("bin") + ":" + System.getenv("PATH"))
                    .with("XDG_CACHE_HOME", dir.resolve("cache").toString());
            for (var variable : call.environment().entrySet()) {
                command = command.with(variable.getKey(), variable.getValue());
            }
            StringBuilder output = new StringBuilder();
            CommandResult result =
                    new LeashedRunner().run(command, line -> output.append(line).append('\n'));
            System.out.println(call.agent() + ": " + call.label() + ": exit code " + result.exitCode());
            if (call.label().startsWith("build")) {
                builds.add(output.toString());
            }
            if (result.exitCode() > 1 && result.exitCode() != 3) {
                System.out.println(output);
            }
            return result.exitCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> consoles(String variant) throws IOException {
        try (Stream<Path> walk = Files.walk(files.artifacts().resolve("cell-fake-1.0-" + variant))) {
            return walk.filter(file -> file.getFileName().toString().matches("console-\\d+\\.log"))
                    .toList();
        }
    }

    private List<String> left(String agent) throws IOException {
        try (Stream<Path> entries = Files.list(dir.resolve("agents").resolve(agent))) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    /** A guest in the cache: all that the fake machine needs of one is a disk. */
    private void guest(GuestSpec spec) throws Exception {
        LeashedRunner runner = new LeashedRunner();
        Path cache = dir.resolve("cache/patchproof");
        Path home =
                Files.createDirectories(cache.resolve("guests").resolve(new GuestBuilder(runner, cache).digest(spec)));
        Path root = Files.createDirectories(dir.resolve("root/boot")).getParent();
        Path raw = dir.resolve("disk.raw");
        runner.run(Command.of("mke2fs", "-q", "-t", "ext4", "-d", root.toString(), raw.toString(), "16M"))
                .orThrow();
        Path disk = home.resolve("disk.qcow2");
        runner.run(Command.of("qemu-img", "convert", "-O", "qcow2", raw.toString(), disk.toString()))
                .orThrow();
        Files.writeString(home.resolve("vmlinuz"), "a kernel");
        Files.writeString(home.resolve("initrd"), "an initrd");
        Files.writeString(home.resolve("sealed"), org.patchproof.files.FileDigest.sha256(disk) + "\n");
        assertThat(new GuestBuilder(runner, cache).cached(spec)).isNotEqualTo(Optional.empty());
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
