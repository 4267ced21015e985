package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads small texts that a bundle names; nothing outside of the bundle. */
final class BundleFiles {
    private static final long TEXT_LIMIT = 1L << 20;

    private BundleFiles() {}

    /** The file that {@code name} is in {@code bundle}; empty when it is not there, or not in it. */
    static Optional<Path> find(Path bundle, String name) {
        try {
            Path real = bundle.resolve(name).toRealPath();
            boolean inside = real.startsWith(bundle.toRealPath()) && Files.isRegularFile(real);
            return inside ? Optional.of(real) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Its text, if it is small; bytes that are no UTF-8 become replacement characters. */
    static Optional<String> text(Path bundle, String name) {
        return bytes(bundle, name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Its bytes, if it is small. */
    static Optional<byte[]> bytes(Path bundle, String name) {
        return find(bundle, name).flatMap(file -> {
            try {
                return Files.size(file) > TEXT_LIMIT ? Optional.empty() : Optional.of(Files.readAllBytes(file));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }
}
