package org.patchproof.release;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A package of a release.
 *
 * @param file its name
 * @param nevra name-version-release.arch
 * @param sha256 of the signed file
 * @param headerSha256 of its main header, which the signature leaves alone and which covers the payload's
 *     digest: equal in the unsigned package, and in that of anybody who rebuilds it
 * @param unsignedSha256 of the file before it was signed
 */
@JsonIgnoreProperties(value = "source", allowGetters = true)
public record ReleasedPackage(String file, String nevra, String sha256, String headerSha256, String unsignedSha256) {
    public ReleasedPackage {
        requireNonNull(file);
        requireNonNull(nevra);
        requireNonNull(sha256);
        requireNonNull(headerSha256);
        requireNonNull(unsignedSha256);
    }

    /** Whether it is the source package. */
    public boolean isSource() {
        return file.endsWith(".src.rpm");
    }
}
