package org.patchproof.build;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * Whether a file system that a build writes to is full. A build on a full disk fails in many words, not all
 * of which name the disk: a header that was cut short reads as a compile error.
 */
final class FullDisk {
    static final String REMEDY = "Free some space, or put the runs on another disk with --out DIR.";

    /** Less than one object file of a kernel with debug information, or one package. */
    private static final long LEAST = 4L << 20;

    private FullDisk() {}

    /** The first of {@code folders} that has no room left, in words; folders that are not there are left out. */
    static Optional<String> among(Collection<Path> folders) {
        return folders.stream()
                .filter(Files::isDirectory)
                .filter(folder -> folder.toFile().getUsableSpace() < LEAST)
                .findFirst()
                .map(folder -> "the disk is full: " + folder + " has "
                        + (folder.toFile().getUsableSpace() >> 10) + " KiB free");
    }
}
