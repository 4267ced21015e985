package org.patchproof.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchproof.files.Trees;

/**
 * Directories for sockets: short names (a socket's path may have 107 bytes), and the maker's pid in
 * them, so that a later start finds what a killed one left, and only that.
 */
final class ShortLivedDirectory {
    private static final Pattern NAME = Pattern.compile("patchproof-(\\d+)-.*");

    private ShortLivedDirectory() {}

    static Path create() throws IOException {
        Path tmp = Path.of(System.getProperty("java.io.tmpdir"));
        sweep(tmp);
        return Files.createTempDirectory(
                tmp, "patchproof-" + ProcessHandle.current().pid() + "-");
    }

    /** Removes the directories of makers that no longer live. */
    static void sweep(Path tmp) throws IOException {
        try (Stream<Path> entries = Files.list(tmp)) {
            List<Path> dead = entries.filter(ShortLivedDirectory::orphaned).toList();
            dead.forEach(ShortLivedDirectory::remove);
        }
    }

    /** Removes one; what cannot be removed now, a later start sweeps. */
    static void remove(Path directory) {
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            // another process sweeps as well, or it is not ours to remove
        }
    }

    private static boolean orphaned(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches() || !Files.isDirectory(path) || !Files.isWritable(path)) {
            return false;
        }
        Optional<ProcessHandle> maker;
        try {
            maker = ProcessHandle.of(Long.parseLong(name.group(1)));
        } catch (NumberFormatException e) {
            return false;
        }
        return maker.isEmpty();
    }
}
