package org.patchproof.root;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.patchproof.files.FileDigest;

/** A digest over all that is in a root directory: names, kinds, permissions, contents; no times, no owners. */
final class RootDigest {
    /** What a kernel fills in, and what is thrown away. */
    private static final Set<String> NOT_CONTENT = Set.of("proc", "sys", "dev", "run", "tmp");

    private RootDigest() {}

    /** sha256, 64 hex digits. */
    static String of(Path root) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            List<Path> all =
                    walk.filter(path -> counts(root.relativize(path))).sorted().toList();
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (Path path : all) {
                sha256.update((root.relativize(path) + "\0" + describe(path) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static boolean counts(Path relative) {
        return !NOT_CONTENT.contains(relative.getName(0).toString());
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link " + Files.readSymbolicLink(path);
        }
        Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? "file " + mode + " " + FileDigest.sha256(path)
                : "other " + mode;
    }
}
