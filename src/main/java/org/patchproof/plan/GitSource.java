package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * A commit of a git repository on this host, wrapped into a source RPM with a packaging of ours.
 *
 * @param repository absolute, a work tree or a bare repository; whether it is there is not checked here
 * @param ref a branch, a tag or a commit id; what it names is looked up when the package is made
 * @param packagingDirectory absolute, an existing folder with {@code kernel.spec} and its other sources
 */
public record GitSource(Path repository, String ref, Path packagingDirectory) implements PackagedSource {
    public GitSource {
        requireNonNull(repository);
        requireNonNull(ref);
        requireNonNull(packagingDirectory);
    }

    @Override
    public <R> R of(Function<DebianSource, R> debian, Function<GitSource, R> git) {
        return git.apply(this);
    }

    CanonicalDigest describe(CanonicalDigest digest) {
        return digest.put("git", repository.toString()).put("ref", ref).putFolder("packaging", packagingDirectory);
    }
}
