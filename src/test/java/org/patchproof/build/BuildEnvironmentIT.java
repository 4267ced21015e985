package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.plan.BuildRoot;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.RunningCommand;
import org.patchproof.root.BuildRoots;
import org.patchproof.root.OpenRoot;
import org.patchproof.testing.FakeKernel;

/** What a user has in the environment and in ~/.rpmmacros, with the real rpm. */
class BuildEnvironmentIT {
    @TempDir
    Path dir;

    @Test
    void theSameIdentityTwiceAndAnotherWithMacrosOfOnesOwn() throws Exception {
        BuildIdentity before = identity();
        assertThat(identity()).isEqualTo(before);
        Files.writeString(dir.resolve(".rpmmacros"), "%dist .el7\n");
        assertThat(identity()).isNotEqualTo(before);
        Files.delete(dir.resolve(".rpmmacros"));
        assertThat(identity()).isEqualTo(before);
    }

    @Test
    void noVariableOfTheCallersReachesTheBuildButWhatItNeeds() throws Exception {
        Command command = Command.of(KeptEnvironment.only(List.of("SOURCE_DATE_EPOCH", "NOT_SET"), List.of("env")))
                .with(Map.of(
                        "SOURCE_DATE_EPOCH", "7 8",
                        "INSTALL_MOD_STRIP", "1",
                        "HOSTCFLAGS", "-g",
                        "CCACHE_DIR", "/a b"));
        assertThat(new LeashedRunner().run(command).orThrow().output().lines())
                .contains("SOURCE_DATE_EPOCH=7 8", "CCACHE_DIR=/a b", "LC_ALL=C")
                .allMatch(line -> line.matches(
                        "(PATH|HOME|TMPDIR|LD_LIBRARY_PATH|LC_ALL|XDG_[A-Z]*_HOME|SOURCE_DATE_EPOCH|CCACHE_.*)=.*"));
    }

    private BuildIdentity identity() throws IOException, InterruptedException {
        CommandRunner real = new LeashedRunner();
        CommandRunner athome = new AtHome(real, dir);
        try (OpenRoot root = new BuildRoots(real, dir.resolve("cache"))
                .open(BuildRoot.HOST, Path.of("none"), dir.resolve("root.log"), words -> {})) {
            return BuildIdentity.of("aa", FakeKernel.build(), root, athome);
        }
    }

    /** Runs all with another home. */
    private record AtHome(CommandRunner real, Path home) implements CommandRunner {
        @Override
        public CommandResult run(Command command, Consumer<String> lines) {
            return real.run(command.with("HOME", home.toString()), lines);
        }

        @Override
        public RunningCommand start(Command command) {
            return real.start(command.with("HOME", home.toString()));
        }
    }
}
