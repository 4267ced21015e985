package org.patchproof.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.patchproof.build.SourceAssembly;
import org.patchproof.files.FileDigest;

/**
 * Tells whether a large file is the one that was read before without reading it again: by its path,
 * size, inode, and the times of its last change. The change time (ctime) cannot be set by hand, so that
 * even a file that was written over and given its old date is seen to be another. A repository's commit
 * is its own fingerprint.
 */
final class Fingerprint {
    private static final String[] ALL = {"size", "lastModifiedTime", "ctime", "ino", "dev"};
    /** What a new hard link to the file does not change. */
    private static final String[] CONTENT = {"size", "lastModifiedTime", "ino", "dev"};

    private Fingerprint() {}

    /**
     * The fingerprint, as 64 hex digits.
     *
     * @param context what else decides what is made of it
     */
    static String of(SourceAssembly.Origin origin, String context) throws IOException {
        return origin.file().isPresent()
                ? of(origin.file().get(), context, ALL)
                : FileDigest.sha256((context + "\n" + origin.commit().orElseThrow()).getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #of}, without a file's change time: a packaging of ours may link to the file. */
    static String ofContent(SourceAssembly.Origin origin) throws IOException {
        return origin.file().isPresent()
                ? of(origin.file().get(), "", CONTENT)
                : origin.commit().orElseThrow();
    }

    private static String of(Path file, String context, String[] facts) throws IOException {
        Map<String, Object> known = Files.readAttributes(file, "unix:" + String.join(",", facts));
        StringBuilder text = new StringBuilder(context).append('\n');
        text.append(file.toRealPath()).append('\n');
        for (String fact : facts) {
            text.append(fact).append(' ').append(known.get(fact)).append('\n');
        }
        return FileDigest.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
