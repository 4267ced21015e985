package org.patchproof.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** sha256 over named values, each with its length before it, so that no two lists of values look alike. */
final class CanonicalDigest {
    private final MessageDigest sha256 = sha256();

    CanonicalDigest(String kind) {
        put("patchproof", kind);
    }

    CanonicalDigest put(String name, String value) {
        bytes(name);
        bytes(value);
        return this;
    }

    CanonicalDigest put(String name, List<String> values) {
        put(name, Integer.toString(values.size()));
        values.forEach(this::bytes);
        return this;
    }

    CanonicalDigest put(String name, Map<String, String> values) {
        put(name, Integer.toString(values.size()));
        values.forEach(this::put);
        return this;
    }

    /** A file's name and content, not where it lies. */
    CanonicalDigest putFile(String name, Path file) {
        return put(name, file.getFileName().toString()).put("sha256", ofFile(file));
    }

    /** The files of a folder and of those in it, by relative name. A link counts as what it leads to, a link to a folder by its text. */
    CanonicalDigest putFolder(String name, Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> entries = walk.filter(p -> !Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
            put(name, Integer.toString(entries.size()));
            for (Path entry : entries) {
                String content = Files.isDirectory(entry) ? "link to " + Files.readSymbolicLink(entry) : ofFile(entry);
                put(folder.relativize(entry).toString(), content);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha256.update(bytes);
    }

    private static String ofFile(Path file) {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digesting = new DigestInputStream(in, sha256())) {
            digesting.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
