package org.patchproof.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchproof.pipeline.WrongRequestException;
import org.patchproof.plan.SrpmOverride;

/** {@code --srpm} and {@code --srpm-sha256}: for a kernel that they name, or for the only one asked for. */
final class Overrides {
    private Overrides() {}

    /**
     * By kernel.
     *
     * @param kernels those that were asked for by name
     * @throws WrongRequestException when it is not clear which kernel is meant
     */
    static Map<String, SrpmOverride> of(List<String> srpms, List<String> digests, List<String> kernels) {
        Map<String, String> locations = byKernel("--srpm", srpms, kernels);
        Map<String, String> sha256 = byKernel("--srpm-sha256", digests, kernels);
        sha256.keySet().stream()
                .filter(k -> !locations.containsKey(k))
                .findFirst()
                .ifPresent(kernel -> {
                    throw new WrongRequestException(
                            "--srpm-sha256 is given for " + kernel + ", --srpm is not", "Give both, or none.");
                });
        Map<String, SrpmOverride> overrides = new LinkedHashMap<>();
        locations.forEach((kernel, location) ->
                overrides.put(kernel, new SrpmOverride(location, Optional.ofNullable(sha256.get(kernel)))));
        return overrides;
    }

    private static Map<String, String> byKernel(String option, List<String> values, List<String> kernels) {
        Map<String, String> byKernel = new LinkedHashMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            boolean named = equals > 0 && value.substring(0, equals).matches("[A-Za-z0-9._-]+");
            String kernel = named ? value.substring(0, equals) : only(option, value, kernels);
            if (byKernel.putIfAbsent(kernel, named ? value.substring(equals + 1) : value) != null) {
                throw new WrongRequestException(option + " is given twice for " + kernel, "Give it once.");
            }
        }
        return byKernel;
    }

    private static String only(String option, String value, List<String> kernels) {
        if (kernels.size() != 1) {
            throw new WrongRequestException(
                    option + " " + value + ": it is not clear for which kernel",
                    "Write " + option + " KERNEL=" + value + ", or name the one kernel with --kernel.");
        }
        return kernels.get(0);
    }
}
