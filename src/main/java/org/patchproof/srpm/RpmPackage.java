package org.patchproof.srpm;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the headers of an RPM file say.
 *
 * @param file the file that was read
 * @param size its size in bytes
 * @param sha256 of the whole file, 64 lower-case hexadecimal digits
 * @param nevra which package it is
 * @param kind source or binary
 * @param payloadFormat {@code cpio}, in all packages that rpm makes today
 * @param payloadCompressor {@code gzip}, {@code xz}, {@code lzma}, {@code zstd}, {@code bzip2},
 *     {@code none}, or a word that this room does not know
 * @param files what it lists, in its order
 * @param signatures those it carries, unverified
 * @param digests the names of the digests of headers and payload that it carries, as {@code rpmkeys
 *     -Kv} names them. All agreed when it was read, but those named {@code ALT}, which cover the
 *     decompressed payload and are left to unpacking
 */
public record RpmPackage(
        Path file,
        long size,
        String sha256,
        Nevra nevra,
        Kind kind,
        String payloadFormat,
        String payloadCompressor,
        List<RpmFileEntry> files,
        List<RpmSignature> signatures,
        List<String> digests) {

    /** What a package holds. */
    public enum Kind {
        /** A spec file and its sources. */
        SOURCE,
        /** Files to install. */
        BINARY
    }

    public RpmPackage {
        Objects.requireNonNull(file);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(nevra);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(payloadFormat);
        Objects.requireNonNull(payloadCompressor);
        files = List.copyOf(files);
        signatures = List.copyOf(signatures);
        digests = List.copyOf(digests);
    }

    /** The same, when its file was moved to {@code other}. */
    public RpmPackage at(Path other) {
        return new RpmPackage(
                other, size, sha256, nevra, kind, payloadFormat, payloadCompressor, files, signatures, digests);
    }

    /** Whether it is a source package. */
    public boolean isSource() {
        return kind == Kind.SOURCE;
    }

    /** The key that the package names as its signer, 16 hexadecimal digits; unverified. */
    public Optional<String> signerKeyId() {
        return signatures.stream().flatMap(s -> s.keyId().stream()).findFirst();
    }
}
