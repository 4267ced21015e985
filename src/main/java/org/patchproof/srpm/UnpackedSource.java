package org.patchproof.srpm;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A source package, verified and unpacked for rpmbuild.
 *
 * @param topdir holds SPECS and SOURCES, and BUILD, BUILDROOT, RPMS and SRPMS, which are empty
 * @param specFile the spec file, in topdir/SPECS
 * @param sha256 of the whole package file, made of the very bytes that were unpacked
 * @param nevra which package it is
 * @param files what was unpacked, and what is listed but left out of the package
 *     ({@link RpmFileEntry#isGhost()})
 * @param verified the names of the digests that were compared and agreed, as {@code rpmkeys -Kv} names
 *     them, and {@code Files ...} for the digests of the single files
 * @param signatures those the package carries, unverified
 */
public record UnpackedSource(
        Path topdir,
        Path specFile,
        String sha256,
        Nevra nevra,
        List<RpmFileEntry> files,
        List<String> verified,
        List<RpmSignature> signatures) {
    public UnpackedSource {
        Objects.requireNonNull(topdir);
        Objects.requireNonNull(specFile);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(nevra);
        files = List.copyOf(files);
        verified = List.copyOf(verified);
        signatures = List.copyOf(signatures);
    }
}
