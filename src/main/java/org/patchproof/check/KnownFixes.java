package org.patchproof.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchFormatException;
import org.patchproof.patch.PatchReader;
import org.patchproof.plan.Cell;
import org.patchproof.plan.Plan;
import org.patchproof.plan.PlanException;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.PlanRequest;
import org.patchproof.plan.SpecCatalog;
import org.patchproof.plan.VariantRole;
import org.patchproof.plan.VariantSpec;
import org.patchproof.plan.Workspace;

/** The fixes that a workspace knows: what the candidates of its bugs have and their controls have not. */
final class KnownFixes {
    private KnownFixes() {}

    /** All of them. A bug or a patch that cannot be read has none; whoever uses it will be told. */
    static List<Patch> of(Workspace workspace) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (SpecCatalog.Entry bug : SpecCatalog.of(workspace).bugs()) {
            try {
                files.addAll(of(PlanLoader.load(workspace, PlanRequest.of(bug.name()))));
            } catch (PlanException e) {
                continue;
            }
        }
        List<Patch> fixes = new ArrayList<>();
        for (Path file : files) {
            try {
                fixes.add(PatchReader.read(file));
            } catch (PatchFormatException e) {
                continue;
            }
        }
        return fixes;
    }

    private static Set<Path> of(Plan plan) {
        Set<Path> fixes = new TreeSet<>();
        for (Cell cell : plan.cells()) {
            fixes.addAll(patches(cell, VariantRole.CANDIDATE));
        }
        plan.cells().forEach(cell -> fixes.removeAll(patches(cell, VariantRole.CONTROL)));
        return fixes;
    }

    private static Set<Path> patches(Cell cell, VariantRole role) {
        return cell.variants().stream()
                .filter(variant -> variant.role() == role)
                .map(VariantSpec::patches)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }
}
