package org.patchproof.triage;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * A log to read.
 *
 * @param path the file
 * @param name how the report calls it
 * @param node whose log it is, where its lines name no host
 * @param zone what time its lines mean where they name no zone
 */
public record LogFile(Path path, String name, Optional<String> node, ZoneId zone) {
    public LogFile {
        Objects.requireNonNull(path);
        Objects.requireNonNull(name);
        Objects.requireNonNull(node);
        Objects.requireNonNull(zone);
    }
}
