/**
 * Patches as values, and what becomes of them in a tree.
 *
 * <p>In: patch files, a source tree. Out: {@link org.patchproof.patch.Patch} and
 * {@link org.patchproof.patch.PatchSeries} (values); {@link org.patchproof.patch.Preflight}'s report
 * of what would happen if a series were applied; {@link org.patchproof.patch.PatchLint}'s findings, and
 * {@link org.patchproof.patch.PatchRepair}'s restored patch, for a file that was damaged;
 * {@link org.patchproof.patch.GitCommits}' commits, as patches by
 * {@link org.patchproof.patch.CommitPatch} and carried over by
 * {@link org.patchproof.patch.CherryPick}; {@link org.patchproof.patch.SeriesProof}'s proof
 * that a prepared tree carries a series; {@link org.patchproof.patch.TextDiff}'s unified diffs.
 *
 * <p>It refuses to know spec files, packages, builds and bugs. It never writes into the tree that it
 * is given: all work is done on scratch copies of the files that a series touches. JGit lives here
 * and nowhere else.
 */
package org.patchproof.patch;
