package org.patchproof.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the variants of a bug for each kernel. */
final class VariantsReader {
    private final Workspace workspace;
    private final SpecNames names;
    private final String bug;

    VariantsReader(Workspace workspace, SpecNames names, String bug) {
        this.workspace = workspace;
        this.names = names;
        this.bug = bug;
    }

    Optional<Map<String, List<VariantSpec>>> read(YamlValue value) {
        return value.table().flatMap(table -> {
            if (table.entries().isEmpty()) {
                return value.wrong("kernels: there are none", "Name a kernel of specs/kernels/ and its variants.");
            }
            Map<String, List<VariantSpec>> byKernel = new LinkedHashMap<>();
            for (YamlTable.Entry entry : table.entries()) {
                Values.nameOf("kernel", names.kernels()).read(entry.key());
                if (Names.valid(entry.name())) {
                    byKernel.put(entry.name(), variants(entry));
                }
            }
            return Optional.of(byKernel);
        });
    }

    /** A variant, and whether its role and its series were read as they are written. */
    private record Draft(YamlValue key, VariantSpec variant, Optional<VariantRole> role, Optional<List<Path>> series) {}

    private List<VariantSpec> variants(YamlTable.Entry kernel) {
        Optional<YamlTable> table = kernel.value().table();
        if (table.isEmpty()) {
            return List.of();
        }
        ValueReader<Path> patch = patches(kernel.name());
        List<YamlTable.Entry> entries = table.get().entries();
        List<Draft> drafts = new ArrayList<>();
        for (YamlTable.Entry entry : entries) {
            if (Values.name(entry.key()).isPresent()) {
                variant(entry, patch).ifPresent(drafts::add);
            }
        }
        boolean rolesKnown = drafts.stream().allMatch(d -> d.role().isPresent());
        if (rolesKnown && drafts.size() == entries.size()) {
            checkControl(kernel, drafts);
        }
        refuseCopies(drafts);
        refuseInstrumentation(drafts);
        return drafts.stream()
                .map(Draft::variant)
                .sorted(Comparator.comparing(VariantSpec::role))
                .toList();
    }

    /** Of a kernel that is not known, and reported for that, the folder of patches is not known either. */
    private ValueReader<Path> patches(String kernel) {
        return names.kernels().contains(kernel)
                ? new SpecPaths(workspace).patchIn(workspace.patches(bug, kernel))
                : item -> Values.line(item).flatMap(text -> Optional.empty());
    }

    private Optional<Draft> variant(YamlTable.Entry entry, ValueReader<Path> patch) {
        ValueReader<VariantRole> roles = Values.choice(VariantRole.class);
        return entry.value().table().map(table -> {
            String title = table.optional("title", Values::line).orElse(entry.name());
            Optional<VariantRole> role =
                    table.required("role", v -> roles.read(v).map(Optional::of), Optional.empty());
            Optional<List<Path>> series =
                    table.required("patches", v -> series(v, patch).map(Optional::of), Optional.empty());
            List<Path> ships = table.optional("ship", v -> series.flatMap(all -> ships(v, role, all)))
                    .orElse(List.of());
            table.refuseOthers();
            VariantSpec variant = new VariantSpec(
                    entry.name(), title, role.orElse(VariantRole.CANDIDATE), series.orElse(List.of()), ships);
            return new Draft(entry.key(), variant, role, series);
        });
    }

    /** Empty when one of them is wrong. In a build's folder patches lie side by side: their names must differ. */
    private static Optional<List<Path>> series(YamlValue value, ValueReader<Path> patch) {
        return value.list().flatMap(items -> {
            Map<Path, Path> byName = new LinkedHashMap<>();
            for (YamlValue item : items) {
                patch.read(item).ifPresent(path -> {
                    if (byName.putIfAbsent(path.getFileName(), path) != null) {
                        String name = Shown.quote(path.getFileName().toString());
                        item.wrong("patches: a second " + name + " in one series", "Keep one, or rename it.");
                    }
                });
            }
            return byName.size() == items.size() ? Optional.of(List.copyOf(byName.values())) : Optional.empty();
        });
    }

    /** Which of the series customers get. A control ships nothing: it is there to show the bug. */
    private static Optional<List<Path>> ships(YamlValue value, Optional<VariantRole> role, List<Path> series) {
        if (role.filter(VariantRole.CONTROL::equals).isPresent()) {
            return value.wrong("ship: a control ships nothing", "Name the patches to ship in a candidate.");
        }
        Map<String, Path> known = new LinkedHashMap<>();
        series.forEach(path -> known.put(path.getFileName().toString(), path));
        ValueReader<String> own = item -> Values.line(item)
                .flatMap(name -> known.containsKey(name)
                        ? Optional.of(name)
                        : item.wrong(
                                "ship: " + Shown.quote(name) + " is no patch of this variant",
                                Nearest.hint(name, known.keySet())));
        return Values.someOf(own)
                .read(value)
                .map(names -> series.stream()
                        .filter(path -> names.contains(path.getFileName().toString()))
                        .toList());
    }

    /** What the control has as well is no fix. */
    private static void refuseInstrumentation(List<Draft> drafts) {
        List<Path> control = drafts.stream()
                .map(Draft::variant)
                .filter(variant -> variant.role() == VariantRole.CONTROL)
                .flatMap(variant -> variant.patches().stream())
                .toList();
        for (Draft draft : drafts) {
            draft.variant().ships().stream()
                    .filter(control::contains)
                    .forEach(path -> draft.key()
                            .wrong(
                                    "ship: " + Shown.quote(path.getFileName().toString()) + " is in the control, too",
                                    "Ship what the control does not have: the fix alone."));
        }
    }

    private static void checkControl(YamlTable.Entry kernel, List<Draft> drafts) {
        List<String> controls = drafts.stream()
                .map(Draft::variant)
                .filter(v -> v.role() == VariantRole.CONTROL)
                .map(VariantSpec::name)
                .toList();
        if (controls.isEmpty()) {
            kernel.key()
                    .wrong(
                            Shown.quote(kernel.name()) + " has no control",
                            "Add a variant with role: control. Without one that shows the bug, nothing is proved.");
        } else if (controls.size() > 1) {
            kernel.key()
                    .wrong(
                            Shown.quote(kernel.name()) + " has " + controls.size() + " controls: "
                                    + Shown.list(controls),
                            "Keep one; the others are candidates.");
        }
    }

    private static void refuseCopies(List<Draft> drafts) {
        Map<List<Path>, String> first = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            String name = draft.variant().name();
            String other = draft.series().map(s -> first.putIfAbsent(s, name)).orElse(null);
            if (other != null) {
                draft.key()
                        .wrong(
                                Shown.quote(name) + " has the same patches as " + Shown.quote(other),
                                "Correct the list, or remove one of them: two equal kernels prove nothing.");
            }
        }
    }
}
