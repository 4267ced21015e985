package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * An ordered patch series with a role.
 *
 * @param title the name, where the file gives no title
 * @param patches absolute, existing files with differing names, in the order in which they are applied
 * @param ships those of {@code patches} that customers get, in that order: the fix alone. Empty when the
 *     variant is for trials only
 */
public record VariantSpec(String name, String title, VariantRole role, List<Path> patches, List<Path> ships) {
    public VariantSpec {
        Names.require(name);
        requireNonNull(title);
        requireNonNull(role);
        patches = List.copyOf(patches);
        ships = List.copyOf(ships);
        if (!patches.containsAll(ships)) {
            throw new IllegalArgumentException(name + " ships what it does not have");
        }
    }

    /** A variant for trials only. */
    public VariantSpec(String name, String title, VariantRole role, List<Path> patches) {
        this(name, title, role, patches, List.of());
    }
}
