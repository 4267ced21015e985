package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.Workspace;
import org.patchproof.testing.FakeWorkspace;
import org.patchproof.testing.PlayedMachine;

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

    private final PlayedMachine machine = new PlayedMachine();

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
        machine.guest(
                dir.resolve("cache"),
                PlanLoader.load(workspace, plan).cells().get(0).guest(),
                companions);
        VerifyRequest request = VerifyRequest.of(workspace, "demo")
                .withPlan(plan)
                .withRunsDirectory(dir.resolve("runs"))
                .withCacheDirectory(dir.resolve("cache"))
                .withAcceleration("tcg");
        VerifyResult result = new Verification(machine).verify(request, ProgressListener.SILENT);
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
}
