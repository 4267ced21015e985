package org.patchproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that are written all or not at all: beside their places first, then each by one rename. */
final class WholeFiles {
    private final Map<Path, byte[]> contents = new LinkedHashMap<>();

    /** Where a file is written so that a link to it stays one. */
    static Path behindLinks(Path file) throws IOException {
        return Files.isSymbolicLink(file) ? file.toRealPath() : file;
    }

    void add(Path target, byte[] content) {
        contents.put(target.toAbsolutePath(), content);
    }

    void write() throws IOException {
        Map<Path, Path> parts = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
                Path part = file.getKey().resolveSibling("." + file.getKey().getFileName() + ".part");
                parts.put(part, file.getKey());
                Files.write(part, file.getValue());
            }
            for (Map.Entry<Path, Path> part : parts.entrySet()) {
                Files.move(
                        part.getKey(),
                        part.getValue(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            for (Path part : parts.keySet()) {
                Files.deleteIfExists(part);
            }
        }
    }
}
