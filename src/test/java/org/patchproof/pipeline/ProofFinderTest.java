package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.pipeline.BundleMaker.Made;
import org.patchproof.release.Proof;
import org.patchproof.verdict.Lane;

/** What a release goes by says in which lane it was proved: the gate lets through what was packed only. */
class ProofFinderTest {
    @TempDir
    Path runs;

    @Test
    void aProofNamesItsLane() throws Exception {
        write("packed", Lane.RPM);
        write("image", Lane.QUICK);
        List<Proof> proofs = ProofFinder.find(List.of(runs), "netdev-leak", "k", "fixed").stream()
                .map(ProofFinder.Found::proof)
                .toList();
        assertThat(proofs)
                .extracting(proof -> proof.bundles().get(0).id() + " " + proof.lane() + " " + proof.verdict())
                .containsExactlyInAnyOrder("packed rpm FIXED", "image quick FIXED");
    }

    private void write(String id, Lane lane) throws Exception {
        BundleMaker.in(runs, id)
                .lane(lane)
                .cell(
                        "k",
                        Made.control().reproduced(2, 2, 1),
                        Made.candidate("fixed").clean(4, 4, 4))
                .write();
    }
}
