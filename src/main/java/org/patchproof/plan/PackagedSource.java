package org.patchproof.plan;

import java.nio.file.Path;
import java.util.function.Function;

/** Sources that are no packages yet: they become one by a packaging of ours. */
public sealed interface PackagedSource extends KernelSource permits DebianSource, GitSource {

    /** Absolute, an existing folder with {@code kernel.spec} and its other sources. */
    Path packagingDirectory();

    /** The one case that it is, handled. */
    <R> R of(Function<DebianSource, R> debian, Function<GitSource, R> git);

    @Override
    default <R> R match(Function<PackagedSource, R> packaged, Function<SrpmSource, R> srpm) {
        return packaged.apply(this);
    }
}
