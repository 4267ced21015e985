package org.patchproof.plan;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which variants of which kernels a request picks out of a bug; names that the bug does not have are reported. */
final class Selection {
    private final Workspace workspace;
    private final Problems problems;

    Selection(Workspace workspace, Problems problems) {
        this.workspace = workspace;
        this.problems = problems;
    }

    /** By kernel, in the order of the file; the control always comes along. */
    Map<String, List<VariantSpec>> of(BugSpec bug, PlanRequest request) {
        Map<String, List<VariantSpec>> kernels = kernels(bug, request.kernels());
        if (request.variants().isEmpty()) {
            return kernels;
        }
        Set<String> known = new LinkedHashSet<>();
        kernels.values().forEach(list -> list.forEach(v -> known.add(v.name())));
        for (String name : request.variants()) {
            if (!known.contains(name) && !kernels.isEmpty()) {
                wrong(bug, "has no variant " + Shown.quote(name), Nearest.hint(name, known));
            }
        }
        return variants(bug, request, kernels, known);
    }

    private Map<String, List<VariantSpec>> kernels(BugSpec bug, List<String> asked) {
        Map<String, List<VariantSpec>> kernels = new LinkedHashMap<>(bug.variants());
        for (String name : asked) {
            if (!kernels.containsKey(name)) {
                boolean there = Names.valid(name) && Files.exists(workspace.kernelFile(name));
                String message = there
                        ? "has no variants for the kernel " + Shown.quote(name)
                        : "knows no kernel " + Shown.quote(name);
                wrong(bug, message, Nearest.hint(name, bug.variants().keySet()));
            }
        }
        if (!asked.isEmpty()) {
            kernels.keySet().retainAll(asked);
        }
        return kernels;
    }

    /** A kernel that has none of the variants is left out, unless it was asked for by name. */
    private Map<String, List<VariantSpec>> variants(
            BugSpec bug, PlanRequest request, Map<String, List<VariantSpec>> kernels, Set<String> known) {
        Map<String, List<VariantSpec>> picked = new LinkedHashMap<>();
        kernels.forEach((kernel, all) -> {
            List<VariantSpec> some = new ArrayList<>(all);
            some.removeIf(v -> !request.variants().contains(v.name()));
            if (!some.isEmpty()) {
                all.stream()
                        .filter(v -> v.role() == VariantRole.CONTROL && !some.contains(v))
                        .findFirst()
                        .ifPresent(control -> some.add(0, control));
                picked.put(kernel, some);
            } else if (request.kernels().contains(kernel) && known.containsAll(request.variants())) {
                String message = "has none of the variants asked for on the kernel " + Shown.quote(kernel);
                String has = Shown.list(all.stream().map(VariantSpec::name).toList());
                wrong(bug, message, "It has there: " + has + ".");
            }
        });
        return picked;
    }

    private void wrong(BugSpec bug, String message, String remedy) {
        problems.add(workspace.shown(workspace.bugFile(bug.name())), message, remedy);
    }
}
