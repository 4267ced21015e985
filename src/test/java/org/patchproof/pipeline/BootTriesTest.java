package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.patchproof.repro.Trial;
import org.patchproof.repro.TrialEnd;

class BootTriesTest {
    private static final TrialEnd PANIC = end(List.of("panic"), Optional.empty());
    private static final TrialEnd SILENT = end(List.of("silence"), Optional.of("nothing ran"));
    private static final TrialEnd OURS = TrialEnd.ofOurs(1, "qemu-img failed", "console.log");

    private final BootTries tries = new BootTries();

    @Test
    void aKernelThatSaysWhyItDiedDoesNotBootThoughItDidBefore() {
        assertThat(tries.failed(PANIC, tries.seen(), false)).isTrue();
        assertThat(tries.failed(PANIC, tries.seen(), true)).isTrue();
    }

    @Test
    void aSilentOneIsTriedTwiceAndHasTheBenefitOfABoot() {
        assertThat(tries.failed(SILENT, tries.seen(), false)).isFalse();
        assertThat(tries.failed(SILENT, tries.seen(), true)).isFalse();
        assertThat(tries.failed(SILENT, tries.seen(), false)).isTrue();
    }

    @Test
    void whatWasLostByOurOwnFaultIsNoTry() {
        assertThat(tries.failed(OURS, tries.seen(), false)).isFalse();
        assertThat(tries.failed(SILENT, tries.seen(), false)).isFalse();
    }

    @Test
    void aStartBesideTheFirstIsNoSecondTry() {
        int together = tries.seen();
        assertThat(tries.failed(SILENT, together, false)).isFalse();
        assertThat(tries.failed(SILENT, together, false)).isFalse();
        assertThat(tries.failed(SILENT, tries.seen(), false)).isTrue();
    }

    private static TrialEnd end(List<String> failure, Optional<String> doubt) {
        return new TrialEnd(
                Trial.infra(1, "it did not come up", Duration.ZERO, "console.log"),
                Optional.empty(),
                failure,
                doubt,
                Optional.empty(),
                new TreeMap<>(),
                "");
    }
}
