package org.patchproof.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names under {@code specs/}, from the folders alone. */
record SpecNames(Set<String> bugs, Set<String> kernels, Set<String> guests) {
    private static final String YAML = ".yaml";
    private static final int LIMIT = 10_000;

    static SpecNames of(Workspace workspace) {
        return new SpecNames(
                in(workspace.bugs(), folder -> Files.exists(folder.resolve("bug.yaml")), ""),
                in(workspace.kernels(), file -> file.toString().endsWith(YAML), YAML),
                in(workspace.guests(), file -> file.toString().endsWith(YAML), YAML));
    }

    private static Set<String> in(Path folder, Predicate<Path> counts, String ending) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.limit(LIMIT)
                    .filter(counts)
                    .map(path -> path.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .filter(Names::valid)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException | UncheckedIOException e) {
            return Set.of();
        }
    }
}
