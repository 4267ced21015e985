package org.patchproof.patch;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Patches in the order in which they are applied.
 *
 * @param name for people: a variant's name
 * @param patches at least one, no file name twice
 */
public record PatchSeries(String name, List<Patch> patches) {

    public PatchSeries {
        Objects.requireNonNull(name);
        patches = List.copyOf(patches);
        if (patches.isEmpty()) {
            throw new IllegalArgumentException("series " + name + " has no patch; name at least one");
        }
        Set<String> names = new HashSet<>();
        for (Patch patch : patches) {
            if (!names.add(patch.name())) {
                throw new IllegalArgumentException(
                        "series " + name + " has two patches named " + patch.name() + "; rename one");
            }
        }
    }

    /** A sha256 over the names and the sha256 of all patches, in order. */
    public String digest() {
        StringBuilder all = new StringBuilder();
        patches.forEach(
                p -> all.append(p.name()).append('\0').append(p.sha256()).append('\n'));
        return Sha256.of(all.toString());
    }

    /** All paths that the series touches. */
    public SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>();
        patches.forEach(p -> paths.addAll(p.paths()));
        return paths;
    }
}
