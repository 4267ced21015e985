package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
