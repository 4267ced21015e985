package org.patchproof.specfile;

/** Injects a patch series into a spec file so that it is really applied, and applied last; or refuses. */
public final class SpecInjector {
    private SpecInjector() {}

    /** What becomes of {@code request} in {@code spec}; the given spec is not changed. */
    public static InjectionOutcome inject(SpecFile spec, InjectionRequest request) {
        throw new UnsupportedOperationException(
                spec.fileName() + request.series().name());
    }
}
