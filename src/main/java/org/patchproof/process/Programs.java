package org.patchproof.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds programs as a shell would, and in the system directories that a user's PATH often lacks. */
public final class Programs {
    private static final String SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Programs() {}

    /** The absolute path of {@code name}, or empty when no executable file of that name is found. */
    public static Optional<Path> find(String name) {
        if (name.contains("/")) {
            Path path = Path.of(name).toAbsolutePath();
            return Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
        }
        Set<String> directories = new LinkedHashSet<>();
        for (String list : new String[] {System.getenv().getOrDefault("PATH", ""), SYSTEM}) {
            for (String directory : list.split(":")) {
                if (directory.startsWith("/")) {
                    directories.add(directory);
                }
            }
        }
        return directories.stream()
                .map(directory -> Path.of(directory, name))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }
}
