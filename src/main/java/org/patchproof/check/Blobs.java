package org.patchproof.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.patchproof.files.FileDigest;

/** Files kept under their sha256; one that was damaged on the disk is as one that is not there. */
final class Blobs {
    private final Path home;

    Blobs(Path home) {
        this.home = home;
    }

    /** Keeps {@code bytes}; their sha256. */
    String put(byte[] bytes) throws IOException {
        String sha256 = FileDigest.sha256(bytes);
        Path place = place(sha256);
        if (get(sha256).isEmpty()) {
            Files.createDirectories(place.getParent());
            Path part = Files.createTempFile(place.getParent(), "part", "");
            Files.write(part, bytes);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return sha256;
    }

    Optional<byte[]> get(String sha256) throws IOException {
        Path place = place(sha256);
        if (!Files.isRegularFile(place)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(place);
        return FileDigest.sha256(bytes).equals(sha256) ? Optional.of(bytes) : Optional.empty();
    }

    private Path place(String sha256) {
        return home.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }
}
