package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a bug is provoked.
 *
 * @param profile {@link #DEFAULT_PROFILE}, or the name of another way to provoke the same bug
 * @param begin absolute, the script that provokes it
 * @param end absolute, the script that tears down
 * @param cpus of the guest
 * @param memoryBytes of the guest
 * @param kernelArguments added to the kernel's command line
 * @param environment of both scripts, in the order of the file
 * @param exposures how many exposures end the provoking early, at least 1
 */
public record Reproduction(
        String profile,
        Path begin,
        Path end,
        int cpus,
        long memoryBytes,
        List<String> kernelArguments,
        Map<String, String> environment,
        int exposures,
        ReproductionLimits limits) {
    /** The profile that is used unless another is asked for: the reproduction as it is written. */
    public static final String DEFAULT_PROFILE = "default";

    public Reproduction {
        requireNonNull(profile);
        requireNonNull(begin);
        requireNonNull(end);
        if (cpus < 1 || memoryBytes < 1 || exposures < 1) {
            throw new IllegalArgumentException("cpus, memory and exposures are at least 1");
        }
        kernelArguments = List.copyOf(kernelArguments);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        requireNonNull(limits);
    }
}
