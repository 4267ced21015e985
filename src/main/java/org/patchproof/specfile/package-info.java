/**
 * A vendor's {@code kernel.spec}: lossless parsing, its dialect, and the injection of a patch series.
 *
 * <p>In: the bytes of a spec file and a {@link org.patchproof.patch.PatchSeries}. Out: the changed
 * spec with the reasons for every line of it, or a refusal that says what was seen and what to do.
 *
 * <p>It is pure: it starts nothing, asks no rpm, and reads no file but those that a spec includes, and
 * the scripts by which it applies a series, where it is told to look for them. It refuses to guess: a spec in which
 * the patches could be skipped in silence is never produced.
 */
package org.patchproof.specfile;
