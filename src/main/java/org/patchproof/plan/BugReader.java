package org.patchproof.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code specs/bugs/<bug>/bug.yaml}. */
final class BugReader {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,40}");

    /** Long enough not to be in a kernel by chance. */
    private static final Pattern TRACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_ :.-]{4,62}[A-Za-z0-9_:.]");

    private static final String TRACE_REMEDY =
            "Write a name or a text of 6 to 64 characters that only the instrumentation has, as ref_leak_test.";

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

    /** What a bug has to build for each kernel; nothing else in its file is looked at. */
    Map<String, List<VariantSpec>> variants(String name) {
        return YamlFile.read(workspace, workspace.bugFile(name), problems)
                .flatMap(YamlValue::table)
                .map(table -> variants(table, name))
                .orElse(Map.of());
    }

    /** What is looked for in logs, if the bug says; nothing else in its file is looked at. */
    Optional<KnownBug> known(String name) {
        return YamlFile.read(workspace, workspace.bugFile(name), problems)
                .flatMap(YamlValue::table)
                .flatMap(table -> known(table, name));
    }

    private static Optional<KnownBug> known(YamlTable table, String name) {
        String title = table.required("title", Values::line, "");
        Set<String> kernels = table.required("kernels", BugReader::keys, Set.of());
        return table.optional("triage", new TriageReader(kernels)::read)
                .map(triage -> new KnownBug(name, title, triage));
    }

    private static Optional<Set<String>> keys(YamlValue value) {
        return value.table()
                .map(table ->
                        table.entries().stream().map(YamlTable.Entry::name).collect(Collectors.toSet()));
    }

    private Map<String, List<VariantSpec>> variants(YamlTable table, String name) {
        return table.required("kernels", new VariantsReader(workspace, names, name)::read, Map.of());
    }

    private BugSpec bug(YamlTable table, String name) {
        Path folder = workspace.bugFile(name).getParent();
        table.required("bug", Values.ownName(name), name);
        ReproductionReader reproductions = new ReproductionReader(workspace, folder);
        Reproduction usual = table.required("reproduction", reproductions::read, reproductions.standIn());
        Map<String, List<VariantSpec>> variants = variants(table, name);
        BugSpec spec = new BugSpec(
                name,
                table.required("title", Values::line, ""),
                table.optional("references", Values.listOf(Values::url)).orElse(List.of()),
                table.optional(
                        "fixed-by",
                        Values.matching(COMMIT, "commit", "Write 7 to 40 hex digits of the upstream commit.")),
                usual,
                table.optional("profiles", value -> reproductions.profiles(value, usual))
                        .orElse(Map.of()),
                table.optional("customer", value -> reproductions.variation("customer", value, usual)),
                table.required("evidence", EvidenceReader::read, EvidenceReader.STAND_IN),
                variants,
                traces(table, variants),
                table.optional("triage", new TriageReader(variants.keySet())::read));
        table.refuseOthers();
        return spec;
    }

    /** A release looks for them in what is to be shipped: who ships something must say what is not to be in it. */
    private static List<String> traces(YamlTable table, Map<String, List<VariantSpec>> variants) {
        boolean ships = variants.values().stream()
                .flatMap(List::stream)
                .anyMatch(variant -> !variant.ships().isEmpty()
                        && variant.ships().size() < variant.patches().size());
        ValueReader<List<String>> reader = Values.someOf(Values.matching(TRACE, "trace", TRACE_REMEDY));
        return ships
                ? table.required("traces", reader, List.of())
                : table.optional("traces", reader).orElse(List.of());
    }
}
