package org.patchproof.patch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.patchproof.process.CommandRunner;

/** Proves that a prepared tree carries a series, without trusting what prepared it. */
public final class SeriesProof {
    private final CommandRunner runner;

    /** A proof that starts GNU patch with {@code runner}. */
    public SeriesProof(CommandRunner runner) {
        this.runner = Objects.requireNonNull(runner);
    }

    /** As {@link #prove(PatchSeries, Path, Set)}, looking at the touched files only. */
    public ProofOutcome prove(PatchSeries series, Path tree) throws IOException {
        return prove(series, tree, Set.of());
    }

    /**
     * Whether {@code tree} carries {@code series}, applied last and exactly once.
     *
     * @param alsoRecord paths whose digest is wanted too, so that two variants that touch different
     *     files can be compared by {@link ProofOutcome.Carried#baseDigest()}
     * @throws IOException when the tree cannot be read or the scratch directory not be written
     */
    public ProofOutcome prove(PatchSeries series, Path tree, Set<String> alsoRecord) throws IOException {
        throw new UnsupportedOperationException(runner.toString());
    }
}
