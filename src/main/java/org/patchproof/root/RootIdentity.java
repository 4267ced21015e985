package org.patchproof.root;

import java.util.Objects;
import java.util.Optional;

/**
 * Of what a build root is made: two that agree in all of it build alike.
 *
 * @param kind {@code host}, {@code container} or {@code mock}
 * @param name for people: an image, a directory, a configuration
 * @param digest of an image as podman names it, or over all files of a root directory; empty for others
 * @param packages sha256 over the sorted list of installed packages
 * @param compiler gcc's version, as {@code 12.2.0}; empty where there is no gcc
 * @param rpmbuild what {@code rpmbuild --version} says
 */
public record RootIdentity(
        String kind, String name, Optional<String> digest, String packages, String compiler, String rpmbuild) {
    public RootIdentity {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(packages);
        Objects.requireNonNull(compiler);
        Objects.requireNonNull(rpmbuild);
    }

    /** In one line, for people. */
    public String words() {
        return (kind.equals("host") ? "this host" : kind + " " + name) + ", "
                + (compiler.isEmpty() ? "no gcc" : "gcc " + compiler);
    }
}
