package org.patchproof.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchproof.plan.BuildDependencies;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildSpec;
import org.patchproof.testing.FakeRunner;

class BuildIdentityTest {
    private final FakeRunner runner = new FakeRunner();

    @Test
    void theHostsProgramsAreReadAheadAndAreTheSameAfterwards() throws Exception {
        runner.answer("gcc -print-prog-name=cc1", 0, "/bin/sh\n").answer("gcc -print-prog-name=collect2", 0, "none\n");
        String before = Toolchain.describe(runner);
        BuildIdentity.readAhead(spec(BuildRoot.HOST), runner).join();
        assertThat(runner.asked()).hasSize(4);
        assertThat(Toolchain.describe(runner)).isEqualTo(before).contains("cc1 ", "collect2 -");
    }

    @Test
    void whatIsNotBuiltOnThisHostWantsNoneOfItsPrograms() {
        BuildRoot container = new BuildRoot.Container(new BuildRoot.Filling.Directory(Path.of("/srv/root")));
        BuildIdentity.readAhead(spec(container), runner).join();
        assertThat(runner.asked()).isEmpty();
    }

    /** Whoever asks for the identity is told. */
    @Test
    void whatGoesWrongAheadIsNotSaidTwice() {
        runner.on("gcc", () -> {
            throw new IllegalStateException("no more processes");
        });
        assertThat(BuildIdentity.readAhead(spec(BuildRoot.HOST), runner)).succeedsWithin(Duration.ofMinutes(1));
    }

    private static BuildSpec spec(BuildRoot root) {
        return new BuildSpec(
                root,
                "kernel",
                BuildDependencies.NOT_CHECKED,
                Map.of(),
                List.of(),
                List.of(),
                Duration.ofMinutes(1),
                1L << 20);
    }
}
