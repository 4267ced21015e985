package org.patchproof.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
 */
record TreeSeal(String digest, Instant newest) {
    private static final String FORMAT = "%T@ %C@ %y %m %s %i %U %G %P -> %l\\0";

    /** Fixed text; tree and format come as positional parameters. In the order of times, the newest last. */
    private static final String LOOK = "set -o pipefail; find \"$1\" -mindepth 1 -printf \"$2\" | LC_ALL=C sort -z";

    /** Enough for the last line of the list: a path, and where it points to. */
    private static final int TAIL = 16 << 10;

    /** Looks at each file below {@code tree}; {@code scratch} is a file for the list, and removed. */
    static TreeSeal of(CommandRunner runner, Path tree, Path scratch) throws IOException {
        Files.deleteIfExists(scratch);
        try {
            runner.run(Command.of("/bin/bash", "-c", LOOK, "seal", tree.toString(), FORMAT)
                            .within(Duration.ofMinutes(10))
                            .loggingTo(scratch))
                    .orThrow();
            return new TreeSeal(FileDigest.sha256(scratch), time(last(scratch)));
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    /** The last entry of the list, which ends in a zero byte. */
    private static String last(Path list) throws IOException {
        try (FileChannel file = FileChannel.open(list)) {
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(TAIL, file.size()));
            file.read(end, file.size() - end.capacity());
            String text = new String(end.array(), 0, Math.max(0, end.position() - 1), StandardCharsets.ISO_8859_1);
            return text.substring(text.lastIndexOf('\0') + 1);
        }
    }

    /** Of {@code 1795435200.1234567890 ...}; times sort as text, all of them having ten digits until 2286. */
    private static Instant time(String line) {
        int dot = line.indexOf('.');
        return dot < 0 ? Instant.EPOCH : Instant.ofEpochSecond(Long.parseLong(line.substring(0, dot)) + 1);
    }
}
