package org.patchproof.srpm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in a directory, as a value to compare. */
final class Trees {
    private Trees() {}

    /** By path: permissions, time and content of each file, and each directory. */
    static Map<String, String> snapshot(Path root) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(p -> !p.equals(root)).toList()) {
                String name = root.relativize(path).toString();
                found.put(name, Files.isDirectory(path) ? "directory" : describe(path));
            }
        }
        return found;
    }

    /** Removes a directory with all that is in it. */
    static void remove(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static String describe(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " "
                + Files.getLastModifiedTime(path).toInstant() + " "
                + new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    }
}
