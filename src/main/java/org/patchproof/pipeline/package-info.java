/**
 * The straight-line story: what is asked for, step by step, to what is known.
 *
 * <p>In: a {@link org.patchproof.pipeline.VerifyRequest} and a
 * {@link org.patchproof.pipeline.ProgressListener}. Out: a
 * {@link org.patchproof.pipeline.VerifyResult}, and on disk the evidence bundle that it names. Here
 * too: the {@link org.patchproof.pipeline.ExitCode}s, in one place, and the
 * {@link org.patchproof.pipeline.Doctor}, who says what this host lacks.
 *
 * <p>Only this room decides order and parallelism. It refuses to know how anything is shown: terminals,
 * colours, options.
 */
package org.patchproof.pipeline;
