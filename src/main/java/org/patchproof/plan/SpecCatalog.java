package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a workspace has to offer, by name: for help screens and for "did you mean". Reading it never
 * fails on a broken file; such a file is listed without a title.
 */
public record SpecCatalog(List<Entry> bugs, List<Entry> kernels, List<Entry> guests) {
    public SpecCatalog {
        bugs = List.copyOf(bugs);
        kernels = List.copyOf(kernels);
        guests = List.copyOf(guests);
    }

    /**
     * One file under {@code specs/}.
     *
     * @param title as far as it can be read
     */
    public record Entry(String name, Optional<String> title, Path file) {
        public Entry {
            requireNonNull(name);
            requireNonNull(title);
            requireNonNull(file);
        }
    }

    /** Reads the names and titles, sorted by name. */
    public static SpecCatalog of(Workspace workspace) {
        SpecNames names = SpecNames.of(workspace);
        return new SpecCatalog(
                entries(workspace, names.bugs(), workspace::bugFile),
                entries(workspace, names.kernels(), workspace::kernelFile),
                entries(workspace, names.guests(), workspace::guestFile));
    }

    private static List<Entry> entries(Workspace workspace, Set<String> names, Function<String, Path> fileOf) {
        return names.stream()
                .map(name -> new Entry(name, title(workspace, fileOf.apply(name)), fileOf.apply(name)))
                .toList();
    }

    private static Optional<String> title(Workspace workspace, Path file) {
        Problems ignored = new Problems();
        return YamlFile.read(workspace, file, ignored)
                .flatMap(YamlValue::table)
                .flatMap(table -> table.optional("title", Values::line));
    }
}
