package org.patchproof.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code specs/bugs/<bug>/bug.yaml}. */
final class BugReader {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,40}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final Pattern ARGUMENT = Pattern.compile("[!-~]{1,256}");

    private static final ReproductionLimits LIMITS_STAND_IN =
            new ReproductionLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final Workspace workspace;
    private final SpecNames names;
    private final Problems problems;

    BugReader(Workspace workspace, SpecNames names, Problems problems) {
        this.workspace = workspace;
        this.names = names;
        this.problems = problems;
    }

    /** A bug, with stand-ins for what was reported; empty when its file is not even YAML. */
    Optional<BugSpec> read(String name) {
        return YamlFile.read(workspace, workspace.bugFile(name), problems)
                .map(value -> value.named("the bug"))
                .flatMap(YamlValue::table)
                .map(table -> bug(table, name));
    }

    private BugSpec bug(YamlTable table, String name) {
        Path folder = workspace.bugFile(name).getParent();
        table.required("bug", Values.ownName(name), name);
        BugSpec spec = new BugSpec(
                name,
                table.required("title", Values::line, ""),
                table.optional("references", Values.listOf(Values::url)).orElse(List.of()),
                table.optional(
                        "fixed-by",
                        Values.matching(COMMIT, "commit", "Write 7 to 40 hex digits of the upstream commit.")),
                table.required("reproduction", value -> reproduction(value, folder), reproductionStandIn(folder)),
                table.required("evidence", EvidenceReader::read, EvidenceReader.STAND_IN),
                table.required("kernels", new VariantsReader(workspace, names, name)::read, Map.of()));
        table.refuseOthers();
        return spec;
    }

    private Optional<Reproduction> reproduction(YamlValue value, Path folder) {
        SpecPaths paths = new SpecPaths(workspace);
        return value.table().map(table -> {
            Reproduction reproduction = new Reproduction(
                    table.required("begin", paths.fileIn(folder), folder),
                    table.required("end", paths.fileIn(folder), folder),
                    table.required("cpus", Values.number(1, 256), 1),
                    table.required("memory", Values::size, 1L),
                    table.optional(
                                    "kernel-arguments",
                                    Values.listOf(Values.matching(
                                            ARGUMENT, "kernel argument", "Write each without blanks: name=value.")))
                            .orElse(List.of()),
                    table.optional(
                                    "environment",
                                    Values.texts(VARIABLE, "Use capital letters, digits and underscores: MTUS."))
                            .orElse(Map.of()),
                    table.required("exposures", Values.number(1, 10_000), 1),
                    table.required("limits", BugReader::limits, LIMITS_STAND_IN));
            table.refuseOthers();
            return reproduction;
        });
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

    private static Reproduction reproductionStandIn(Path folder) {
        return new Reproduction(folder, folder, 1, 1, List.of(), Map.of(), 1, LIMITS_STAND_IN);
    }
}
