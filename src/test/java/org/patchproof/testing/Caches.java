package org.patchproof.testing;

import java.nio.file.Path;

/** Where the integration tests keep what is dear to make: outside target, so that clean keeps it. */
public final class Caches {
    private Caches() {}

    /** The cache that the command line uses by default, so that tests and user share a guest. */
    public static Path shared() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("patchproof");
    }
}
