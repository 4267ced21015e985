package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * A tarball that a Debian package installs, wrapped into a source RPM with a packaging of ours.
 *
 * @param packageName the Debian package, {@code linux-source-6.1}
 * @param tarball absolute, where that package puts it; whether it is installed is not checked here
 * @param packagingDirectory absolute, an existing folder with {@code kernel.spec} and its other sources
 */
public record DebianSource(String packageName, Path tarball, Path packagingDirectory) implements PackagedSource {
    public DebianSource {
        requireNonNull(packageName);
        requireNonNull(tarball);
        requireNonNull(packagingDirectory);
    }

    @Override
    public <R> R of(Function<DebianSource, R> debian, Function<GitSource, R> git) {
        return debian.apply(this);
    }

    CanonicalDigest describe(CanonicalDigest digest) {
        return digest.put("debian", packageName)
                .put("tarball", tarball.toString())
                .putFolder("packaging", packagingDirectory);
    }
}
