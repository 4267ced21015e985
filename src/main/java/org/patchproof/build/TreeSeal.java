package org.patchproof.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
 * @param bytes of all files together
 */
record TreeSeal(String digest, Instant newest, long bytes) {
    private static final String FORMAT = "%T@ %C@ %y %m %s %i %U %G %P -> %l\\0";

    /** Fixed text; tree, format and list come as positional parameters. In the order of times, the newest last. */
    private static final String LOOK =
            "set -o pipefail; find \"$1\" -mindepth 1 -printf \"$2\" | LC_ALL=C sort -z -o \"$3\"";

    private static final int TYPE = 2;
    private static final int SIZE = 4;

    /** Looks at each file below {@code tree}; {@code scratch} is a file for the list, and removed. */
    static TreeSeal of(CommandRunner runner, Path tree, Path scratch) throws IOException {
        Files.deleteIfExists(scratch);
        try {
            runner.run(Command.of("/bin/bash", "-c", LOOK, "seal", tree.toString(), FORMAT, scratch.toString())
                            .within(Duration.ofMinutes(10)))
                    .orThrow();
            byte[] list = Files.readAllBytes(scratch);
            String[] entries = new String(list, StandardCharsets.ISO_8859_1).split("\0");
            return new TreeSeal(FileDigest.sha256(list), time(entries[entries.length - 1]), bytes(entries));
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private static long bytes(String[] entries) {
        long bytes = 0;
        for (String entry : entries) {
            String[] fields = entry.split(" ", SIZE + 2);
            bytes += fields.length > SIZE && fields[TYPE].equals("f") ? Long.parseLong(fields[SIZE]) : 0;
        }
        return bytes;
    }

    /** Of {@code 1795435200.1234567890 ...}; times sort as text, all of them having ten digits until 2286. */
    private static Instant time(String line) {
        int dot = line.indexOf('.');
        return dot < 0 ? Instant.EPOCH : Instant.ofEpochSecond(Long.parseLong(line.substring(0, dot)) + 1);
    }
}
