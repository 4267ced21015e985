/**
 * From a proved patch to what customers install.
 *
 * <p>In: what bundles prove of a variant, the packages of a clean build with and without the fix, a signing
 * key. Out: refusals, each with what would mend it, or a directory with signed packages, a repository and
 * papers, which appears whole or not at all.
 *
 * <p>It knows no bug and no bundle: the pipeline hands over what it is to judge. It never sees a passphrase.
 */
package org.patchproof.release;
