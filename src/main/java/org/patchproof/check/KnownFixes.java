package org.patchproof.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchFormatException;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.RemovedFixes;
import org.patchproof.plan.PlanException;
import org.patchproof.plan.PlanLoader;
import org.patchproof.plan.VariantRole;
import org.patchproof.plan.VariantSpec;
import org.patchproof.plan.Workspace;

/** The fixes that a workspace knows: what the candidates of its bugs have and their controls have not. */
final class KnownFixes {
    private static final int FILES_LIMIT = 2_000;

    private final Workspace workspace;
    private final Map<String, Map<Path, Patch>> patches = new TreeMap<>();
    private final Map<String, Set<Path>> fixes = new TreeMap<>();

    /** Reads nothing yet; what a question needs is read when it is asked, once. */
    KnownFixes(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Those of which {@code patch} takes something out, as far as can be seen. Bugs are read only where a
     * patch of theirs looks like one. A bug or a patch that cannot be read has none; whoever uses it is told.
     */
    List<Patch> takenOutBy(Patch patch) throws IOException {
        List<Patch> taken = new ArrayList<>();
        for (String bug : bugs()) {
            Map<Path, Patch> suspects = new TreeMap<>(patches(bug));
            suspects.values().removeIf(p -> RemovedFixes.find(patch, List.of(p)).isEmpty());
            if (!suspects.isEmpty()) {
                suspects.keySet().retainAll(fixes.computeIfAbsent(bug, this::fixes));
                taken.addAll(suspects.values());
            }
        }
        return taken;
    }

    private List<String> bugs() throws IOException {
        if (!Files.isDirectory(workspace.bugs())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(workspace.bugs())) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private Map<Path, Patch> patches(String bug) throws IOException {
        Map<Path, Patch> known = patches.get(bug);
        if (known == null) {
            known = new TreeMap<>();
            for (Path file : files(bug)) {
                Optional<Patch> patch = read(file);
                if (patch.isPresent()) {
                    known.put(file, patch.get());
                }
            }
            patches.put(bug, known);
        }
        return known;
    }

    private List<Path> files(String bug) throws IOException {
        Path home = workspace.root().resolve("patches").resolve(bug);
        if (!Files.isDirectory(home)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(home, 2)) {
            return files.filter(Files::isRegularFile)
                    .limit(FILES_LIMIT)
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Patch> read(Path file) throws IOException {
        try {
            return Optional.of(PatchReader.read(file));
        } catch (PatchFormatException e) {
            return Optional.empty();
        }
    }

    private Set<Path> fixes(String bug) {
        try {
            return of(PlanLoader.variants(workspace, bug).values().stream()
                    .flatMap(List::stream)
                    .toList());
        } catch (PlanException e) {
            return Set.of();
        }
    }

    private static Set<Path> of(List<VariantSpec> variants) {
        Set<Path> fixes = patches(variants, VariantRole.CANDIDATE);
        fixes.removeAll(patches(variants, VariantRole.CONTROL));
        return fixes;
    }

    private static Set<Path> patches(List<VariantSpec> variants, VariantRole role) {
        return variants.stream()
                .filter(variant -> variant.role() == role)
                .flatMap(variant -> variant.patches().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
