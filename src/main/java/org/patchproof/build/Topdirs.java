package org.patchproof.build;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** rpmbuild's directories. */
final class Topdirs {
    private static final List<String> DIRECTORIES = List.of("BUILD", "BUILDROOT", "RPMS", "SOURCES", "SPECS", "SRPMS");

    private Topdirs() {}

    static void create(Path topdir) throws IOException {
        for (String directory : DIRECTORIES) {
            Files.createDirectories(topdir.resolve(directory));
        }
    }

    /** The one file in {@code directory} whose name ends in {@code ending}. */
    static Path only(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            if (found.size() != 1) {
                throw new IOException(directory + " has " + found.size() + " files *" + ending + ", not one");
            }
            return found.get(0);
        }
    }

    /** Deletes a tree, following no link; nothing happens when it is not there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException error) throws IOException {
                if (error != null) {
                    throw error;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
