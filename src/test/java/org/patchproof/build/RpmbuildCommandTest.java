package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.patchproof.plan.BuildDependencies;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.Command;

/** The call of rpmbuild as a value. */
class RpmbuildCommandTest {
    private static final BuildSpec SPEC = new BuildSpec(
            BuildRoot.HOST,
            "kernel",
            BuildDependencies.NOT_CHECKED,
            Map.of("dist", ".el7"),
            List.of("baseonly"),
            List.of("debug"),
            Duration.ofMinutes(7),
            1);

    @Test
    void saysNothingOfClockHostOrUser() {
        Command command =
                call(Instant.parse("2026-11-05T12:00:00Z"), Optional.empty()).command(List.of("-bp"));
        assertThat(command.environment())
                .containsEntry("SOURCE_DATE_EPOCH", "1793880000")
                .containsEntry("KBUILD_BUILD_TIMESTAMP", "Thu Nov  5 12:00:00 UTC 2026")
                .containsEntry("KBUILD_BUILD_USER", "patchproof")
                .containsEntry("KBUILD_BUILD_HOST", "patchproof")
                .containsEntry("KBUILD_BUILD_VERSION", "1")
                .doesNotContainKey("PATH");
        assertThat(command.display())
                .contains(
                        "--define '_buildhost patchproof'",
                        "--define 'use_source_date_epoch_as_buildtime 1'",
                        "--define 'clamp_mtime_to_source_date_epoch 1'");
        assertThat(command.argv()).startsWith("/bin/bash", "-c");
        assertThat(command.argv().get(4).split(" "))
                .contains("PATH", "KBUILD_BUILD_USER")
                .doesNotContain("KCFLAGS");
    }

    @Test
    void hasTheKernelsOwnOptionsBehindOurs() {
        Command command = call(Instant.EPOCH, Optional.of(Path.of("/links"))).command(List.of("-bb", "--noprep"));
        List<String> argv = command.argv();
        assertThat(argv).containsSubsequence("rpmbuild", "-bb", "--noprep", "--nodeps", "--with", "baseonly");
        assertThat(argv).containsSubsequence("--without", "debug", "--define", "_topdir /top");
        assertThat(argv).containsSubsequence("_buildhost patchproof", "dist .el7", "buildid .pp.fixed");
        assertThat(argv).endsWith("/top/SPECS/kernel.spec");
        assertThat(command.timeout()).isEqualTo(Duration.ofMinutes(7));
        assertThat(command.environment()).containsEntry("RPM_BUILD_NCPUS", "3");
        assertThat(command.environment().get("PATH")).startsWith("/links:");
    }

    private static RpmbuildCommand call(Instant made, Optional<Path> links) {
        return new RpmbuildCommand(
                SPEC, List.of("buildid .pp.fixed"), made, links, 3, Path.of("/top"), Path.of("/top/SPECS/kernel.spec"));
    }
}
