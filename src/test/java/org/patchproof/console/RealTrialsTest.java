package org.patchproof.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whole consoles of real trials: what the makers of the patterns saw in them by hand. */
class RealTrialsTest {
    private static final Path TRIALS = Path.of("src/test/resources/console/trials");
    private static final EvidencePatterns NETDEV_LEAK = EvidencePatterns.of(
            Pattern.compile("unregister_netdevice: waiting for (?<device>\\S+) to become free"),
            new ExposurePatterns(
                    Optional.empty(),
                    Pattern.compile("ip_del_fnhe: .*fnhe:(?<object>[^,\\s]+)"),
                    Pattern.compile("XXX pid: (?<who>\\d+), reuse fnhe :(?<object>\\S+)")));

    @Test
    void aControlThatLeaksHasExposuresAndTheSymptom() throws IOException {
        Evidence evidence = read("6.1.192-control-leaks.log");
        assertThat(evidence.exposures())
                .extracting(Exposure::object)
                .containsExactly("0000000054a72fd7", "00000000c2b68b11");
        assertThat(evidence.exposures().get(0).holders()).containsExactly("74", "87");
        assertThat(evidence.exposures().get(0).invalidatedLine()).isEqualTo(252);
        assertThat(evidence.symptom().orElseThrow().line()).isEqualTo(280);
        assertNothingElse(evidence);
    }

    @Test
    void anExercisedCandidateHasExposuresAndNoSymptom() throws IOException {
        Evidence evidence = read("6.1.192-fixed-exercised.log");
        assertThat(evidence.exposures()).extracting(Exposure::object).containsExactly("00000000b28d7508");
        assertThat(evidence.symptom()).isEmpty();
        assertNothingElse(evidence);
    }

    @Test
    void anUnexercisedCandidateHasNeither() throws IOException {
        Evidence evidence = read("6.1.192-fixed-unexercised.log");
        assertThat(evidence.exposures()).isEmpty();
        assertThat(evidence.symptom()).isEmpty();
        assertNothingElse(evidence);
    }

    @Test
    void twoProcessorsShowNothing() throws IOException {
        Evidence evidence = read("6.1.192-control-2cpu-no-leak.log");
        assertThat(evidence.exposures()).isEmpty();
        assertThat(evidence.symptom()).isEmpty();
        assertNothingElse(evidence);
    }

    @Test
    void hiddenPointersAreNotPairedThoughTheBugShows() throws IOException {
        Evidence evidence = read("4.19.1-control-leaks-hashed-pointers.log");
        assertThat(evidence.exposures()).isEmpty();
        assertThat(evidence.unreadable()).hasSize(14);
        assertThat(evidence.unreadable().get(0).reason())
                .contains("random pool")
                .contains("virtio-rng");
        assertThat(evidence.symptom().orElseThrow().line()).isEqualTo(251);
        assertThat(evidence.faults()).isEmpty();
        assertThat(evidence.damage())
                .as("a second processor comes up with a clock of its own: in the boot, before any provoking")
                .extracting(Damage::kind, Damage::line)
                .containsExactly(tuple(Damage.Kind.TIME_WENT_BACK, 103L), tuple(Damage.Kind.TIME_WENT_BACK, 106L));
    }

    private static void assertNothingElse(Evidence evidence) {
        assertThat(evidence.unreadable()).isEmpty();
        assertThat(evidence.faults()).isEmpty();
        assertThat(evidence.damage()).isEmpty();
        assertThat(evidence.marks()).isEmpty();
    }

    private static Evidence read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(TRIALS.resolve(name))) {
            return EvidenceCollector.read(in, NETDEV_LEAK);
        }
    }
}
