/**
 * What the trials of a control and a candidate say about a patch.
 *
 * <p>Enters: an {@link org.patchproof.verdict.Arm} for each variant of a cell: how far it got and its
 * trials. Leaves: a {@link org.patchproof.verdict.Verdict} with the numbers behind it and an
 * explanation that can be read aloud.
 *
 * <p>Refuses to know: consoles, machines, clocks, files. It is pure: the same arms give the same
 * verdict. It says FIXED never from absence alone.
 */
package org.patchproof.verdict;
