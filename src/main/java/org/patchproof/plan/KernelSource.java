package org.patchproof.plan;

import java.util.function.Function;

/** Where a kernel's source package comes from. */
public sealed interface KernelSource permits DebianSource, SrpmSource {

    /** The one case that it is, handled. */
    <R> R match(Function<DebianSource, R> debian, Function<SrpmSource, R> srpm);
}
