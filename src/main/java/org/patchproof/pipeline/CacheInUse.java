package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import org.patchproof.build.CacheUse;
import org.patchproof.files.UseLock;

/** Sources, roots and guests of the cache stay while somebody uses them. */
final class CacheInUse {
    private CacheInUse() {}

    /**
     * To be held as long as anything in {@code cache} is used.
     *
     * @throws TroubleException while somebody prunes it
     */
    static UseLock begin(Path cache) throws IOException {
        return CacheUse.begin(cache)
                .orElseThrow(() -> new TroubleException(
                        cache + " is just being pruned", "Run the same command again when that is done."));
    }
}
