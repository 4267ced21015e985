package org.patchproof.history;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a history is kept.
 *
 * @param url a JDBC URL
 * @param file the database's file, when it is SQLite's
 */
public record Store(String url, Optional<Path> file) {
    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    public Store {
        Objects.requireNonNull(url);
        Objects.requireNonNull(file);
    }

    /** A file, or a JDBC URL of SQLite or PostgreSQL. */
    public static Store of(String place) {
        if (place.startsWith(POSTGRESQL)) {
            return new Store(place, Optional.empty());
        }
        if (place.startsWith("jdbc:") && !place.startsWith(SQLITE)) {
            throw new HistoryException(
                    shown(place) + ": no database that patchproof knows",
                    "Give a file, or a URL that begins with jdbc:sqlite: or jdbc:postgresql:.",
                    null);
        }
        Path file = Path.of(place.startsWith(SQLITE) ? place.substring(SQLITE.length()) : place);
        return new Store(
                SQLITE + file.toAbsolutePath().normalize(),
                Optional.of(file.toAbsolutePath().normalize()));
    }

    /** For messages: without what may be a password. */
    public String shown() {
        return shown(url);
    }

    private static String shown(String url) {
        return url.replaceAll("\\?.*", "").replaceAll("//[^/@]*@", "//");
    }
}
