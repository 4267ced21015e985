package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.patchproof.files.Trees;

/**
 * What a clean build leaves behind for others to begin with.
 *
 * @param topdir with the built tree
 * @param facts what is known of it, but for the seal
 * @param injection what was done to its spec
 */
record LeftBuild(Path topdir, BaseTree.Facts facts, SpecInjection injection) {
    LeftBuild {
        Objects.requireNonNull(topdir);
        Objects.requireNonNull(facts);
        Objects.requireNonNull(injection);
    }

    /** Makes of the topdir, moved to {@code there}, the vendor's files again, and nothing built but the tree. */
    void tidy(Path there) throws IOException {
        for (String made : List.of("RPMS", "SRPMS", "BUILDROOT")) {
            Trees.delete(there.resolve(made));
            Files.createDirectory(there.resolve(made));
        }
        injection.takeOut(there, facts.specName(), facts.series());
    }
}
