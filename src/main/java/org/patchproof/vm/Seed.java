package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What cloud-init of a new guest reads: who may log in, and the guest's own host key. By its NoCloud data
 * source: a file system labelled {@code cidata} with {@code user-data} and {@code meta-data}.
 */
final class Seed {
    /** Decides what becomes of an image, as our scripts do. */
    static final String USER_DATA = "guest-seed.yaml";

    private static final String LABEL = "cidata";

    private Seed() {}

    /** Writes the seed's CD image to {@code image}; only its owner may read it. */
    static void write(SshKeys keys, Path image) throws IOException {
        Files.deleteIfExists(image);
        Files.createFile(
                image,
                java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
        Files.write(image, IsoImage.of(LABEL, files(keys)));
    }

    /** The seed's files by name. */
    static Map<String, byte[]> files(SshKeys keys) throws IOException {
        return Map.of("meta-data", bytes(META_DATA), "user-data", bytes(userData(keys)));
    }

    private static final String META_DATA = """
            instance-id: patchproof
            local-hostname: patchproof
            """;

    private static String userData(SshKeys keys) throws IOException {
        return Scripts.text(USER_DATA)
                .replace("@CLIENT_PUBLIC@", SshKeys.line(keys.client()))
                .replace("@HOST_PUBLIC@", SshKeys.line(keys.host()))
                .replace("@HOST_PRIVATE@", SshKeys.text(keys.host()).indent(4).stripTrailing());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
