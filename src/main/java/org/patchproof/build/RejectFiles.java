package org.patchproof.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The hunks that patch could not apply, as it leaves them beside the file: {@code route.c.rej}. */
final class RejectFiles {
    private static final int DEPTH = 24;
    private static final int LINES = 40;
    private static final long LIMIT = 1 << 20;

    private RejectFiles() {}

    /** The rejected hunks of those of {@code paths} that have any, each under its file's name. */
    static List<String> read(Path build, Set<String> paths) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(build, DEPTH)) {
            for (Path file : walk.filter(path -> path.toString().endsWith(".rej"))
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                boolean ours = paths.stream().anyMatch(path -> file.toString().endsWith("/" + path + ".rej"));
                if (ours && Files.size(file) <= LIMIT) {
                    Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                            .limit(LINES)
                            .forEach(lines::add);
                }
            }
        }
        return lines;
    }
}
