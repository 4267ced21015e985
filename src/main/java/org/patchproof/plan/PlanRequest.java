package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user asks for. Nothing in it is checked yet: {@link PlanLoader} does.
 *
 * @param bug its name
 * @param kernels names; empty means all of the bug
 * @param variants names; empty means all. The control comes along in any case
 * @param profile another way of the bug's to provoke it; empty for the usual one
 * @param overrides by the name of the kernel: where its source RPM is
 */
public record PlanRequest(
        String bug,
        List<String> kernels,
        List<String> variants,
        Optional<String> profile,
        Map<String, SrpmOverride> overrides) {
    public PlanRequest {
        requireNonNull(bug);
        kernels = List.copyOf(kernels);
        variants = List.copyOf(variants);
        requireNonNull(profile);
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    }

    /** Everything of a bug. */
    public static PlanRequest of(String bug) {
        return new PlanRequest(bug, List.of(), List.of(), Optional.empty(), Map.of());
    }

    public PlanRequest withKernels(List<String> names) {
        return new PlanRequest(bug, names, variants, profile, overrides);
    }

    public PlanRequest withVariants(List<String> names) {
        return new PlanRequest(bug, kernels, names, profile, overrides);
    }

    public PlanRequest withProfile(String name) {
        return new PlanRequest(bug, kernels, variants, Optional.of(name), overrides);
    }

    public PlanRequest withOverrides(Map<String, SrpmOverride> byKernel) {
        return new PlanRequest(bug, kernels, variants, profile, byKernel);
    }
}
