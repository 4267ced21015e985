package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.FileDigest;
import org.patchproof.plan.GuestSpec;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.RunningCommand;
import org.patchproof.testing.FakeQemu;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.vm.GuestBuilder;

/** The whole story in each kind of guest, with a machine that is played: the same comes out. */
class DiskGuestJobIT {
    private static final String EVIDENCE = """
            evidence:
              symptom: 'route \\S+ is still held'
              exposure: {invalidated: 'route (?<object>\\S+) deleted', passed: 'route (?<object>\\S+) used'}
            """;
    private static final String DISK = """
            guest: debian-12
            title: An image that boots by itself
            kind: disk
            image: {file: some.qcow2, sha256: %s}
            """.formatted("ab".repeat(32));

    @TempDir
    Path dir;

    private final LeashedRunner tools = new LeashedRunner();

    @Test
    void theVerdictsAreTheSameInEitherKindOfGuest() throws Exception {
        Workspace workspace = FakeWorkspace.make(dir.resolve("ws"));
        Path bug = workspace.bugFile("demo");
        Files.writeString(
                bug, Files.readString(bug).replaceFirst("(?s)evidence:.*(?=kernels:)", EVIDENCE.replace("\\", "\\\\")));

        List<String> direct = verdicts(workspace, Map.of("vmlinuz", "a kernel", "initrd", "an initrd"));
        Files.writeString(workspace.guestFile("debian-12"), DISK);
        List<String> disk = verdicts(workspace, Map.of("boot-loader", "grubby\n"));

        assertThat(direct).containsExactly("control REPRODUCED", "fixed FIXED");
        assertThat(disk).isEqualTo(direct);
        List<String> machines = machines();
        assertThat(machines)
                .as("the last run's")
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("order=c").doesNotContain("\"-kernel\""));
    }

    private List<String> verdicts(Workspace workspace, Map<String, String> companions) throws Exception {
        PlanRequest plan = PlanRequest.of("demo").withVariants(List.of("control", "fixed"));
        guest(PlanLoader.load(workspace, plan).cells().get(0).guest(), companions);
        VerifyRequest request = VerifyRequest.of(workspace, "demo")
                .withPlan(plan)
                .withRunsDirectory(dir.resolve("runs"))
                .withCacheDirectory(dir.resolve("cache"))
                .withAcceleration("tcg");
        VerifyResult result = new Verification(new Played()).verify(request, ProgressListener.SILENT);
        last = result.bundle();
        return result.variants().stream()
                .map(one -> one.variant() + " " + one.verdict().word())
                .toList();
    }

    private Path last;

    private List<String> machines() throws Exception {
        return Files.readAllLines(last.resolve("commands.jsonl")).stream()
                .filter(line -> line.contains("-nodefaults"))
                .toList();
    }

    /** A guest in the cache: all that the played machine needs of one is a disk. */
    private void guest(GuestSpec spec, Map<String, String> companions) throws Exception {
        GuestBuilder builder = new GuestBuilder(tools, dir.resolve("cache"));
        Path home = Files.createDirectories(dir.resolve("cache/guests").resolve(builder.digest(spec)));
        Path root = Files.createDirectories(dir.resolve("root/boot")).getParent();
        Path raw = dir.resolve("disk.raw");
        tools.run(Command.of("mke2fs", "-q", "-F", "-t", "ext4", "-d", root.toString(), raw.toString(), "16M"))
                .orThrow();
        Path disk = home.resolve("disk.qcow2");
        tools.run(Command.of("qemu-img", "convert", "-O", "qcow2", raw.toString(), disk.toString()))
                .orThrow();
        for (Map.Entry<String, String> file : companions.entrySet()) {
            Files.writeString(home.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(home.resolve("sealed"), FileDigest.sha256(disk) + "\n");
        assertThat(builder.cached(spec)).isPresent();
    }

    /** Real tools, but the machine. */
    private final class Played implements CommandRunner {
        @Override
        public CommandResult run(Command command, Consumer<String> lines) {
            return tools.run(command, lines);
        }

        @Override
        public RunningCommand start(Command command) {
            List<String> argv = new ArrayList<>(command.argv());
            int qemu = argv.indexOf("qemu-system-x86_64");
            if (qemu >= 0) {
                // Without the bound on QEMU's memory, too, which would be too narrow for a JVM.
                argv.subList(0, qemu + 1).clear();
                argv.addAll(
                        0,
                        List.of(
                                "java",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                Path.of("target/test-classes").toAbsolutePath().toString(),
                                FakeQemu.class.getName()));
            }
            return tools.start(
                    new Command(argv, command.directory(), command.environment(), command.timeout(), command.log()));
        }
    }
}
