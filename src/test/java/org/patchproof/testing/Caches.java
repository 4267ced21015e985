package org.patchproof.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the integration tests keep what is dear to make: outside target, so that clean keeps it. */
public final class Caches {
    private Caches() {}

    /** The cache that the command line uses by default, so that tests and user share a guest. */
    public static Path shared() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("patchproof");
    }

    /**
     * A cache of a test's own in {@code dir}, so that what it leaves pushes nothing of the user's out. The guests
     * of the shared one are in it, under hard links where that can be: nobody writes to a guest.
     */
    public static Path own(Path dir) throws IOException {
        Path own = Files.createDirectories(dir.resolve("cache/guests"));
        Path guests = Files.createDirectories(shared().resolve("guests"));
        try (Stream<Path> files = Files.walk(guests, 2)) {
            for (Path file : files.filter(
                            path -> path.getParent().getFileName().toString().matches("[0-9a-f]{64}"))
                    .toList()) {
                Path copy = own.resolve(guests.relativize(file));
                Files.createDirectories(copy.getParent());
                linkOrCopy(file, copy);
            }
        }
        return own.getParent();
    }

    private static void linkOrCopy(Path file, Path copy) throws IOException {
        try {
            Files.createLink(copy, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, copy); // another disk
        }
    }
}
