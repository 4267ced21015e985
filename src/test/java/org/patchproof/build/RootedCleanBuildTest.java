package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.Command;
import org.patchproof.testing.FakeKernel;
import org.patchproof.testing.FakeRoot;
import org.patchproof.testing.FakeRunner;
import org.patchproof.testing.RpmBuilder;

/** What is released is built in the kernel's root and nowhere else. */
class RootedCleanBuildTest {
    @TempDir
    Path dir;

    private final FakeRunner runner = new FakeRunner();
    private final FakeRoot root = new FakeRoot();
    private Path topdir;
    private CleanBuild build;
    private Path srpm;

    @BeforeEach
    void build() throws IOException {
        topdir = dir.resolve("work/topdir").toAbsolutePath();
        build = new CleanBuild(runner, FakeKernel.build(), root, 1, dir.resolve("work"), dir.resolve("log"));
        srpm = RpmBuilder.source()
                .spec("demo.spec", "%changelog\n* Mon Nov 23 2026 Somebody\n- made\n")
                .write(dir.resolve("demo.src.rpm"));
    }

    @Test
    void rpmbuildRunsInTheRootWithTheTopdirOfThisHost() throws Exception {
        runner.answer("in-root", 0, "").on("in-root", this::prepared);
        build.prepare(srpm, Set.of());
        build.compile(objects -> {});
        assertThat(runner.asked()).hasSize(2).allSatisfy(command -> {
            assertThat(command.argv()).startsWith("in-root", topdir.toString(), "/bin/bash", "-c");
            assertThat(command.argv()).contains("rpmbuild", "_topdir " + topdir);
        });
        assertThat(runner.asked())
                .extracting(Command::argv)
                .anyMatch(argv -> argv.contains("-bp"))
                .anyMatch(argv -> argv.containsAll(List.of("-bb", "--noprep")));
        assertThat(root.closed()).as("another build may follow").isFalse();
    }

    @Test
    void whatLacksIsSaidToLackThere() {
        runner.answer("in-root", 1, "error: Failed build dependencies:\n\tbc is needed by kernel-1-1.x86_64\n");
        assertThatThrownBy(() -> build.prepare(srpm, Set.of()))
                .isInstanceOfSatisfying(
                        BuildTroubleException.class,
                        e -> assertThat(e.remedy())
                                .contains(
                                        "The build ran in container localhost/el7:1, gcc 4.8.5: what lacks is missing there"));
    }

    @Test
    void withoutTheRoomThatTheKernelTakesNothingIsBegun() {
        CleanBuild large = new CleanBuild(
                runner,
                FakeKernel.build(Duration.ofMinutes(1), Long.MAX_VALUE),
                root,
                1,
                dir.resolve("work"),
                dir.resolve("log"));
        assertThatThrownBy(() -> large.prepare(srpm, Set.of()))
                .isInstanceOf(BuildTroubleException.class)
                .hasMessageContaining("MiB free, this build needs");
        assertThat(topdir).doesNotExist();
        assertThat(runner.asked()).isEmpty();
    }

    private void prepared() {
        try {
            Path tree = Files.createDirectories(topdir.resolve("BUILD/linux"));
            Files.writeString(tree.resolve("Kconfig"), "");
            Files.writeString(tree.resolve("Makefile"), "PATCHLEVEL = 10\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
