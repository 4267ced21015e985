package org.patchproof.specfile;

import java.util.Optional;

/** Where the files are that a spec takes in by {@code %include}; whoever parses a spec knows. */
@FunctionalInterface
public interface Includes {
    /** None is at hand. */
    Includes NONE = name -> Optional.empty();

    /**
     * The bytes of a file.
     *
     * @param name without directory: letters, digits, {@code . _ + -}
     */
    Optional<byte[]> find(String name);
}
