package org.patchproof.plan;

import java.util.Optional;

/** Makes a value of what is written, or reports why it cannot and is empty. */
@FunctionalInterface
interface ValueReader<T> {
    Optional<T> read(YamlValue value);
}
