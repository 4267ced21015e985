package org.patchproof.patch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.patchproof.process.CommandRunner;

/**
 * Proves that a prepared tree carries a series, without trusting what prepared it: takes the series
 * out with exact context, from last to first, puts it back, and wants to see the tree again byte for
 * byte. A patch that was applied with fuzz, not at all, twice, or into a function that its header
 * does not name, is not carried.
 */
public final class SeriesProof {
    private final GnuPatchTool tool;

    /** A proof that starts GNU patch with {@code runner}. */
    public SeriesProof(CommandRunner runner) {
        tool = new GnuPatchTool(Objects.requireNonNull(runner));
    }

    /** As {@link #prove(PatchSeries, Path, Set)}, looking at the touched files only. */
    public ProofOutcome prove(PatchSeries series, Path tree) throws IOException {
        return prove(series, tree, Set.of());
    }

    /**
     * Whether {@code tree} carries {@code series}, applied last and exactly once. The tree is only
     * read.
     *
     * @param alsoRecord paths whose digest is wanted too, so that two variants that touch different
     *     files can be compared by {@link ProofOutcome.Carried#baseDigest()}
     * @throws IOException when the tree cannot be read or the scratch directory not be written
     * @throws org.patchproof.process.CommandException when GNU patch is missing, or fails otherwise
     *     than by rejecting a hunk
     */
    public ProofOutcome prove(PatchSeries series, Path tree, Set<String> alsoRecord) throws IOException {
        SortedSet<String> paths = series.paths();
        paths.addAll(alsoRecord);
        try (ScratchTree scratch = ScratchTree.copy(tree, paths)) {
            return new ProofRun(series, scratch, tool).run(paths);
        } catch (UnfitTreeException e) {
            String patch = series.patches().stream()
                    .filter(p -> p.paths().contains(e.path()))
                    .map(Patch::name)
                    .findFirst()
                    .orElse(series.name());
            return new ProofOutcome.NotCarried(
                    patch, Optional.of(e.path()), Optional.empty(), e.getMessage(), List.of(), List.of());
        }
    }
}
