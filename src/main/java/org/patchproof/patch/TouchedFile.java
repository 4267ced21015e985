package org.patchproof.patch;

import java.util.List;
import java.util.Objects;

/**
 * What a patch does to one file.
 *
 * @param path relative to the tree (what {@code -p1} leaves); never absolute, never with {@code ..}
 * @param change what becomes of the file
 * @param mode the mode that a created file gets
 * @param hunks at least one
 */
public record TouchedFile(String path, Change change, Mode mode, List<Hunk> hunks) {

    /** What becomes of a file. */
    public enum Change {
        /** It is there before and after. */
        MODIFIED,
        /** It is there only after. */
        CREATED,
        /** It is there only before. */
        DELETED
    }

    /** The permissions of a created file; only a patch with {@code diff --git} headers can carry them. */
    public enum Mode {
        /** 100644. */
        REGULAR,
        /** 100755. */
        EXECUTABLE
    }

    public TouchedFile {
        Objects.requireNonNull(path);
        Objects.requireNonNull(change);
        Objects.requireNonNull(mode);
        hunks = List.copyOf(hunks);
    }
}
