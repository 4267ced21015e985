package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the kernel's source tree in a topdir after %prep, whatever the spec calls its directory. */
final class KernelTree {
    private static final int DEPTH = 4;
    private static final int MAKEFILE_LIMIT = 4096;

    private KernelTree() {}

    /** The first directory under {@code build}, top down, that is a kernel's top level. */
    static Optional<Path> find(Path build) throws IOException {
        try (Stream<Path> walk = Files.walk(build, DEPTH)) {
            return walk.filter(path -> path.getFileName().toString().equals("Makefile"))
                    .filter(KernelTree::isTopLevel)
                    .map(Path::getParent)
                    .min(java.util.Comparator.<Path>comparingInt(Path::getNameCount)
                            .thenComparing(java.util.Comparator.naturalOrder()));
        }
    }

    private static boolean isTopLevel(Path makefile) {
        if (!Files.isRegularFile(makefile.resolveSibling("Kconfig"))) {
            return false;
        }
        try (var in = Files.newInputStream(makefile)) {
            String head = new String(in.readNBytes(MAKEFILE_LIMIT), java.nio.charset.StandardCharsets.ISO_8859_1);
            return head.contains("PATCHLEVEL =");
        } catch (IOException e) {
            return false;
        }
    }
}
