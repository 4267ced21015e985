package org.patchproof.plan;

import java.util.function.Function;

/** Where a kernel's source package comes from. */
public sealed interface KernelSource permits PackagedSource, SrpmSource {

    /** The one case that it is, handled. */
    <R> R match(Function<PackagedSource, R> packaged, Function<SrpmSource, R> srpm);
}
