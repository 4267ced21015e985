package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.patchproof.plan.Workspace;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.StoppingRule;

class VerifyRequestTest {
    private static final VerifyRequest REQUEST = VerifyRequest.of(new Workspace(Path.of("/ws")), "demo");

    @Test
    void hasTheDefaultsOfTheCommandLine() {
        assertThat(REQUEST.stopping()).isEqualTo(new StoppingRule(new Standard(0.95, 0.1), 3, 12));
        assertThat(REQUEST.maxTime()).isEmpty();
        assertThat(REQUEST.acceleration()).isEmpty();
        assertThat(REQUEST.resume()).isEmpty();
        assertThat(REQUEST.runsDirectory()).isEqualTo(Path.of("runs"));
        assertThat(REQUEST.compilerCache()).isEqualTo(CompilerCachePolicy.USE);
        assertThat(REQUEST.jobs()).isPositive();
    }

    @Test
    void withChangesOneThing() {
        VerifyRequest changed = REQUEST.withTrials(7)
                .withMostTrials(9)
                .withConfidence(0.99)
                .withResidual(0.5)
                .withMaxTime(Duration.ofHours(1))
                .withCompilerCache(CompilerCachePolicy.OFF)
                .withBuilds(BuildPolicy.CLEAN)
                .withAcceleration("tcg")
                .withRunsDirectory(Path.of("/r"))
                .withResume(Path.of("/r/1"))
                .withCacheDirectory(Path.of("/c"))
                .withJobs(2)
                .withJudging(Judging.LATER)
                .withLane(Lane.QUICK);
        assertThat(changed)
                .isEqualTo(new VerifyRequest(
                        REQUEST.workspace(),
                        REQUEST.plan(),
                        new StoppingRule(new Standard(0.99, 0.5), 7, 9),
                        java.util.Optional.of(Duration.ofHours(1)),
                        CompilerCachePolicy.OFF,
                        BuildPolicy.CLEAN,
                        java.util.Optional.of("tcg"),
                        Path.of("/r"),
                        java.util.Optional.of(Path.of("/r/1")),
                        Path.of("/c"),
                        2,
                        Judging.LATER,
                        Lane.QUICK));
    }

    @Test
    void judgedHereEveryVariantIsTriedJudgedLaterOnlyThoseThatAreNamed() {
        VerifyRequest named = REQUEST.withPlan(REQUEST.plan().withVariants(java.util.List.of("fixed")));
        assertThat(named.tries("control")).isTrue();
        assertThat(named.withJudging(Judging.LATER).tries("control")).isFalse();
        assertThat(named.withJudging(Judging.LATER).tries("fixed")).isTrue();
        assertThat(REQUEST.withJudging(Judging.LATER).tries("control")).isTrue();
    }

    @Test
    void refusesNumbersThatCannotBeWorkedWith() {
        assertThatThrownBy(() -> REQUEST.withTrials(0)).isInstanceOf(WrongRequestException.class);
        assertThatThrownBy(() -> REQUEST.withTrials(1001)).isInstanceOf(WrongRequestException.class);
        assertThatThrownBy(() -> REQUEST.withConfidence(1)).isInstanceOf(WrongRequestException.class);
        assertThatThrownBy(() -> REQUEST.withConfidence(0.49)).isInstanceOf(WrongRequestException.class);
        assertThatThrownBy(() -> REQUEST.withConfidence(Double.NaN)).isInstanceOf(WrongRequestException.class);
        assertThatThrownBy(() -> REQUEST.withMostTrials(2)).isInstanceOf(WrongRequestException.class);
        assertThatThrownBy(() -> REQUEST.withMostTrials(1001)).isInstanceOf(WrongRequestException.class);
        assertThatThrownBy(() -> REQUEST.withResidual(0)).isInstanceOf(WrongRequestException.class);
        assertThatThrownBy(() -> REQUEST.withMaxTime(Duration.ZERO)).isInstanceOf(WrongRequestException.class);
        assertThatThrownBy(() -> REQUEST.withAcceleration("xen")).hasMessageContaining("xen");
        assertThatThrownBy(() -> REQUEST.withJobs(0)).isInstanceOf(WrongRequestException.class);
    }

    @Test
    void theCacheIsWhereXdgSays() {
        Path home = Path.of("/home/u");
        assertThat(VerifyRequest.defaultCache(Map.of(), home)).isEqualTo(Path.of("/home/u/.cache/patchproof"));
        assertThat(VerifyRequest.defaultCache(Map.of("XDG_CACHE_HOME", "/x"), home))
                .isEqualTo(Path.of("/x/patchproof"));
        assertThat(VerifyRequest.defaultCache(Map.of("XDG_CACHE_HOME", "relative"), home))
                .isEqualTo(Path.of("/home/u/.cache/patchproof"));
    }
}
