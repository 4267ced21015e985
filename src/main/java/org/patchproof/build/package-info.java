/**
 * From a kernel's source to its packages.
 *
 * <p>In: a {@link org.patchproof.plan.KernelSpec}, a series of patches, a release suffix. Out: an
 * {@link org.patchproof.build.AssembledSource}, and for each variant a
 * {@link org.patchproof.build.StepOutcome}: the packages, the hunk that was rejected, or the first
 * compile error. What is trouble of ours is thrown as
 * {@link org.patchproof.build.BuildTroubleException}, with its remedy; it says nothing of the patch.
 *
 * <p>It knows no guest and no bug.
 */
package org.patchproof.build;
