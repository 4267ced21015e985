package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * An ordered patch series with a role.
 *
 * @param title the name, where the file gives no title
 * @param patches absolute, existing files with differing names, in the order in which they are applied
 */
public record VariantSpec(String name, String title, VariantRole role, List<Path> patches) {
    public VariantSpec {
        Names.require(name);
        requireNonNull(title);
        requireNonNull(role);
        patches = List.copyOf(patches);
    }
}
