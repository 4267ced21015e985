package org.patchproof.triage;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a log, packed or not; what it is, its first bytes tell, not its name. */
final class Decompression {
    static final int BUFFER = 1 << 16;

    private Decompression() {}

    /** Whether a log is a file, and not packed. */
    static boolean plain(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            return false; // those of /proc say that they are empty; a pipe can be read once
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Packing.of(in.readNBytes(Packing.HEAD)).isEmpty();
        }
    }

    static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            PushbackInputStream in = new PushbackInputStream(raw, BUFFER);
            byte[] head = in.readNBytes(Packing.HEAD);
            in.unread(head);
            Optional<Packing> packing = Packing.of(head);
            return packing.isPresent() ? packing.get().open(in) : in;
        } catch (IOException e) {
            raw.close();
            throw e;
        } catch (RuntimeException e) {
            raw.close();
            throw new IOException("unpacking failed: " + e, e);
        }
    }
}
