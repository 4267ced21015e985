package org.patchproof.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        List<Proof> proofs = ProofFinder.find(List.of(runs)).proofs();
        assertThat(proofs)
                .extracting(proof -> proof.bundles().get(0).id() + " " + proof.lane() + " " + proof.verdict())
                .containsExactlyInAnyOrder("packed rpm FIXED", "image quick FIXED");
    }

    /** Which of them count, and for what, is the gate's business: it must hear of all. */
    @Test
    void everyNameIsFound() throws Exception {
        BundleMaker.in(runs, "other")
                .bug("another")
                .cell(
                        "k2",
                        Made.control().reproduced(2, 2, 1),
                        Made.candidate("tried").reproduced(1))
                .write();
        write("one", Lane.RPM);
        assertThat(ProofFinder.find(List.of(runs)).proofs())
                .extracting(proof -> proof.of() + " " + proof.verdict())
                .containsExactlyInAnyOrder(
                        "Subject[bug=another, kernel=k2, variant=tried] STILL_REPRODUCES",
                        "Subject[bug=netdev-leak, kernel=k, variant=fixed] FIXED");
    }

    @Test
    void howItWasBuiltIsSaidWhereTheBundlesDo() throws Exception {
        write("one", Lane.RPM);
        BundleMaker.in(runs, "earlier")
                .acceleration("tcg")
                .built(Optional.empty())
                .cell("k", Made.control().reproduced(2), Made.candidate("fixed").clean(4))
                .write();
        assertThat(ProofFinder.find(List.of(runs)).proofs())
                .extracting(proof -> proof.built().digest())
                .containsExactlyInAnyOrder(Optional.of("b".repeat(64)), Optional.empty());
    }

    @Test
    void whatCannotBeReadIsSaid() throws Exception {
        write("one", Lane.RPM);
        write("damaged", Lane.RPM);
        Files.writeString(runs.resolve("damaged/run.json"), "{");
        Path empty = Files.createDirectory(runs.resolve("empty"));
        ProofFinder.Search search = ProofFinder.find(List.of(runs, runs.resolve("mistyped"), empty));
        assertThat(search.found()).hasSize(1);
        assertThat(search.unread())
                .hasSize(3)
                .anyMatch(what -> what.contains("mistyped: no such directory"))
                .anyMatch(what -> what.contains("there is no bundle") && what.contains("empty"))
                .anyMatch(what -> what.contains("damaged"));
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
