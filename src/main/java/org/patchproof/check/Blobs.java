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

    /**
     * Puts files in.
     *
     * @param scratch a folder on the same disk that is removed by whoever made it: what is half written is there
     */
    record Putting(Blobs blobs, Path scratch) {

        /** Keeps {@code bytes}; their sha256. */
        String put(byte[] bytes) throws IOException {
            String sha256 = FileDigest.sha256(bytes);
            if (blobs.get(sha256).isEmpty()) {
                place(scratch, blobs.place(sha256), bytes);
            }
            return sha256;
        }
    }

    /** Writes a file that nobody ever sees half of: in {@code scratch} first. */
    static void place(Path scratch, Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(scratch, "part", "");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
