package org.patchproof.patch;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Some files of a source tree, in memory.
 *
 * @param contents by path relative to the tree; ISO-8859-1, so that each character is one byte. A path
 *     that is not among them is not in the tree
 * @param unfit paths that no patch tool would touch, with why: {@code is a symbolic link}
 */
public record TreeFiles(Map<String, String> contents, Map<String, String> unfit) {
    public TreeFiles {
        contents = Map.copyOf(contents);
        unfit = Map.copyOf(unfit);
    }

    /** Regular files only. */
    public static TreeFiles of(Map<String, String> contents) {
        return new TreeFiles(contents, Map.of());
    }

    /** What a file holds; empty when the tree has none of that name. */
    public Optional<String> content(String path) {
        return Optional.ofNullable(contents.get(path));
    }

    /** The same tree, but {@code paths} are as {@code state} has them. */
    TreeFiles with(Set<String> paths, Map<String, String> state) {
        Map<String, String> changed = new TreeMap<>(contents);
        changed.keySet().removeAll(paths);
        changed.putAll(state);
        return new TreeFiles(changed, unfit);
    }
}
