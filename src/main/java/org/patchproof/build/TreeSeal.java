package org.patchproof.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/**
 * Says whether anything in a tree was touched since: a digest over name, type, permissions, size, inode, and
 * the times of the last change of content and of inode of each file. The inode's time cannot be set, so that
 * a change shows even where content and time stamps were put back; the content itself need not be read,
 * which takes a second where reading takes half a minute. A copy of the tree has another seal.
 *
 * @param digest of it all
 * @param newest time of the newest content
 */
record TreeSeal(String digest, Instant newest) {
    private static final String FORMAT = "%T@ %C@ %y %m %s %i %U %G %P -> %l\\0";

    /** Looks at each file below {@code tree}; {@code scratch} is a file for find(1)'s output, and removed. */
    static TreeSeal of(CommandRunner runner, Path tree, Path scratch) throws IOException {
        Files.deleteIfExists(scratch);
        try {
            runner.run(Command.of("find", tree.toString(), "-mindepth", "1", "-printf", FORMAT)
                            .within(Duration.ofMinutes(10))
                            .loggingTo(scratch))
                    .orThrow();
            String[] files =
                    Files.readString(scratch, StandardCharsets.ISO_8859_1).split("\0");
            Arrays.sort(files);
            String last = files.length == 0 ? "" : files[files.length - 1];
            String all = String.join("\0", files);
            return new TreeSeal(FileDigest.sha256(all.getBytes(StandardCharsets.ISO_8859_1)), time(last));
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    /** Of {@code 1795435200.1234567890 ...}; times sort as text, all of them having ten digits until 2286. */
    private static Instant time(String line) {
        int dot = line.indexOf('.');
        return dot < 0 ? Instant.EPOCH : Instant.ofEpochSecond(Long.parseLong(line.substring(0, dot)) + 1);
    }
}
