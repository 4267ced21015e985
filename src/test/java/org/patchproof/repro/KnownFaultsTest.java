package org.patchproof.repro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.patchproof.console.Evidence;
import org.patchproof.console.EvidenceCollector;
import org.patchproof.console.EvidencePatterns;

class KnownFaultsTest {
    private final Evidence evidence = evidence("""
            WARNING: CPU: 1 PID: 88 at net/a.c:1 foo+0x1/0x2
            Kernel panic - not syncing: Fatal exception
            """);

    @Test
    void whatTheControlShowedIsNoNews() {
        assertThat(KnownFaults.of(Set.of("WARNING in bar")).in(evidence)).containsExactly("WARNING in bar");
    }

    @Test
    void whereTheControlIsElsewhereOnlyWhatKillsTheKernelIs() {
        KnownFaults elsewhere = KnownFaults.elsewhere();
        assertThat(elsewhere.in(evidence)).containsExactly("WARNING in foo");
        assertThat(elsewhere.forSure().in(evidence)).isEmpty();
    }

    private static Evidence evidence(String console) {
        EvidenceCollector collector = new EvidenceCollector(EvidencePatterns.none());
        collector.accept(console.getBytes(StandardCharsets.UTF_8));
        return collector.finish();
    }
}
