package org.patchproof.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.Belongings;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.Workspace;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.RunningCommand;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeWorkspace;

/** A check that is killed while it takes files out of a source: nothing of it is left after the next one. */
class KilledCheckIT {
    @TempDir
    Path dir;

    @Test
    void nothingIsLeftAfterTheNextStart() throws Exception {
        FakeWorkspace.make(dir.resolve("workspace"));
        Files.createDirectories(dir.resolve("tmp"));
        Process killed = start("hang");
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(dir.resolve("hanging")));
        assertThat(halves()).as("a scratch with what it had unpacked").isNotEmpty();
        killed.destroyForcibly().waitFor();
        assertThat(halves()).isNotEmpty();

        assertThat(start("sweep").waitFor()).as("any start of patchproof").isZero();
        assertThat(halves()).isEmpty();
        assertThat(start("go").waitFor()).isZero();
        assertThat(halves()).isEmpty();
        assertThat(dir.resolve("cache/check")).isDirectoryContaining("glob:**/blobs");
        try (Stream<Path> lives = Files.list(dir.resolve("tmp"))) {
            assertThat(lives.flatMap(KilledCheckIT::files))
                    .extracting(Path::getFileName)
                    .hasSize(1); // the mutex
        }
    }

    /** Whatever is not a file that is kept: names of kept ones are digests, or parts of one. */
    private List<Path> halves() throws Exception {
        try (Stream<Path> all = Files.walk(dir.resolve("cache/check"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().matches("[0-9a-f]{62,64}(\\.lock)?"))
                    .toList();
        }
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Process start(String how) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + dir.resolve("tmp"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledCheckIT.class.getName(),
                        dir.toString(),
                        how)
                .inheritIO()
                .start();
    }

    /** The JVM that the test above starts, and kills. */
    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]);
        if (args[1].equals("sweep")) {
            Belongings.ours();
            System.exit(0);
        }
        CommandRunner runner = args[1].equals("hang") ? new Hanging(dir.resolve("hanging")) : new LeashedRunner();
        Workspace workspace = Workspace.at(dir.resolve("workspace"));
        CheckedKernel kernel = CheckedKernel.of(
                PlanLoader.kernels(workspace, List.of("fake-1.0"), Map.of()).get(0));
        new PatchCheckRun(runner, workspace, dir.resolve("cache"))
                .check(new CheckRequest(FakeKernel.series("s", "0002-fix.patch"), List.of(kernel), 1));
        System.exit(0);
    }

    /** Says when the tarball is to be opened, and never opens it. */
    private record Hanging(Path says) implements CommandRunner {
        @Override
        public CommandResult run(Command command, Consumer<String> lines) {
            if (String.join(" ", command.argv()).contains("--extract")) {
                try {
                    Files.createFile(says);
                    new CountDownLatch(1).await();
                } catch (java.io.IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return new LeashedRunner().run(command, lines);
        }

        @Override
        public RunningCommand start(Command command) {
            throw new AssertionError("nothing is to be started");
        }
    }
}
