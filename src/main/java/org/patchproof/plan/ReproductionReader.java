package org.patchproof.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how a bug is provoked: the reproduction, and the profiles that differ from it in some values. */
final class ReproductionReader {
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final Pattern ARGUMENT = Pattern.compile("[!-~]{1,256}");
    private static final ReproductionLimits LIMITS_STAND_IN =
            new ReproductionLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final Path folder;
    private final ValueReader<Path> file;

    /** @param folder of the bug: its scripts lie beside its file */
    ReproductionReader(Workspace workspace, Path folder) {
        this.folder = folder;
        this.file = new SpecPaths(workspace).fileIn(folder);
    }

    Reproduction standIn() {
        return new Reproduction(
                Reproduction.DEFAULT_PROFILE, folder, folder, 1, 1, List.of(), Map.of(), 1, LIMITS_STAND_IN);
    }

    Optional<Reproduction> read(YamlValue value) {
        return value.table().map(table -> {
            Reproduction reproduction = new Reproduction(
                    Reproduction.DEFAULT_PROFILE,
                    table.required("begin", file, folder),
                    table.required("end", file, folder),
                    table.required("cpus", Values.number(1, 256), 1),
                    table.required("memory", Values::size, 1L),
                    table.optional("kernel-arguments", arguments()).orElse(List.of()),
                    table.optional("environment", environment()).orElse(Map.of()),
                    table.required("exposures", exposures(), 1),
                    table.required("limits", ReproductionReader::limits, LIMITS_STAND_IN));
            table.refuseOthers();
            return reproduction;
        });
    }

    /** The profiles by name; what one does not say is as in {@code usual}. */
    Optional<Map<String, Reproduction>> profiles(YamlValue value, Reproduction usual) {
        return value.table().map(table -> {
            Map<String, Reproduction> profiles = new LinkedHashMap<>();
            for (YamlTable.Entry entry : table.entries()) {
                if (entry.name().equals(Reproduction.DEFAULT_PROFILE)) {
                    entry.key()
                            .wrong(
                                    "a profile cannot be called \"" + Reproduction.DEFAULT_PROFILE + "\"",
                                    "That is the reproduction itself; choose another name.");
                } else if (Values.name(entry.key()).isPresent()) {
                    variation(entry.name(), entry.value(), usual)
                            .ifPresent(profile -> profiles.put(entry.name(), profile));
                }
            }
            return profiles;
        });
    }

    /** Another way to provoke it, called {@code name}; what it does not say is as in {@code usual}. */
    Optional<Reproduction> variation(String name, YamlValue value, Reproduction usual) {
        return value.table().map(table -> {
            Reproduction profile = new Reproduction(
                    name,
                    table.optional("begin", file).orElse(usual.begin()),
                    table.optional("end", file).orElse(usual.end()),
                    table.optional("cpus", Values.number(1, 256)).orElse(usual.cpus()),
                    table.optional("memory", Values::size).orElse(usual.memoryBytes()),
                    table.optional("kernel-arguments", arguments()).orElse(usual.kernelArguments()),
                    table.optional("environment", environment()).orElse(usual.environment()),
                    table.optional("exposures", exposures()).orElse(usual.exposures()),
                    table.optional("limits", ReproductionReader::limits).orElse(usual.limits()));
            table.refuseOthers();
            return profile;
        });
    }

    private static ValueReader<List<String>> arguments() {
        return Values.listOf(Values.matching(ARGUMENT, "kernel argument", "Write each without blanks: name=value."));
    }

    private static ValueReader<Map<String, String>> environment() {
        return Values.texts(VARIABLE, "Use capital letters, digits and underscores: MTUS.");
    }

    private static ValueReader<Integer> exposures() {
        return Values.number(1, 10_000);
    }

    private static Optional<ReproductionLimits> limits(YamlValue value) {
        return value.table().map(table -> {
            ReproductionLimits limits = new ReproductionLimits(
                    table.required("provoke", Values::duration, Duration.ZERO),
                    table.required("teardown", Values::duration, Duration.ZERO),
                    table.required("watch", Values::duration, Duration.ZERO));
            table.refuseOthers();
            return limits;
        });
    }
}
