/**
 * A reader of RPM files of our own, source and binary, formats 3, 4 and 6: lead, signature header,
 * main header, payload.
 *
 * <p>In: the path of an RPM file, which is trusted in nothing. Out: what its headers say
 * ({@link org.patchproof.srpm.RpmPackage}), a verified source tree in rpmbuild's layout
 * ({@link org.patchproof.srpm.UnpackedSource}), or one verified file of it. Every digest that the
 * file carries and that covers what is handed out was compared before it is handed out; from a
 * package whose header no digest covers nothing is unpacked. Wrong input is an
 * {@link org.patchproof.srpm.RpmFormatException} that says what is wrong, where, and what to do.
 *
 * <p>It knows no spec language and no patch, and does not judge signatures by itself: it says which
 * key a package names as its signer, and {@link org.patchproof.srpm.SignatureCheck} has rpm's own
 * {@code rpmkeys} say whether the signature is good. That is the only process that it starts.
 */
package org.patchproof.srpm;
