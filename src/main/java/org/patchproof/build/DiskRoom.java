package org.patchproof.build;

import java.nio.file.Files;
import java.nio.file.Path;

/** Asks for free space before it is used. */
final class DiskRoom {
    private DiskRoom() {}

    /**
     * @param where a directory that may not be there yet
     * @throws BuildTroubleException when its disk has less than {@code bytes} free
     */
    static void require(Path where, long bytes) {
        Path existing = where.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        // Not Files.getFileStore: it looks for a mount point, which a chroot does not have.
        long usable = existing.toFile().getUsableSpace();
        if (usable < bytes) {
            throw new BuildTroubleException(
                    existing + " has " + (usable >> 20) + " MiB free, this build needs " + (bytes >> 20) + " MiB",
                    "Free some space, or let it write to another disk (--out DIR).");
        }
    }
}
