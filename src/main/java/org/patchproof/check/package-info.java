/**
 * Whether patches apply to kernels, known in seconds: nothing is prepared and nothing is built.
 *
 * <p>In: kernels and a series of patches. Out: per kernel a {@link org.patchproof.check.KernelReport}:
 * by which rule its spec applies patches, and what would become of each hunk. Only the files that the
 * patches touch are taken out of the source tarball, in one pass, and kept by their digest; whoever asks
 * again, of any patch on the same files, waits for no tarball. The vendor's packed patches, and its series in
 * tarballs, are looked through in one pass, too, and of them only what they do to those files is kept.
 *
 * <p>It refuses to know bugs, variants and guests, and it changes no file but those of its own cache.
 */
package org.patchproof.check;
