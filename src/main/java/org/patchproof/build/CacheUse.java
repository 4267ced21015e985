package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.patchproof.files.UseLock;

/**
 * Says that a run uses the cache: its sources and guests, which have no lock of their own, are not removed
 * under it. Built trees and packages have one each.
 */
public final class CacheUse {
    private CacheUse() {}

    /** To be held while a run lasts; empty while somebody prunes the cache. */
    public static Optional<UseLock> begin(Path cache) throws IOException {
        return UseLock.shared(file(cache));
    }

    /** The file to lock before sources and guests are removed. */
    public static Path file(Path cache) {
        return cache.resolve("in-use.lock");
    }
}
