package org.patchproof.patch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads patch files, and accepts only those that every tool understands in the same way. */
public final class PatchReader {
    /** The largest patch file that is read, in bytes. */
    public static final int SIZE_LIMIT = 16 << 20;

    private PatchReader() {}

    /**
     * Reads one patch file.
     *
     * @throws PatchFormatException when it is no sound unified diff
     * @throws IOException when it cannot be read
     */
    public static Patch read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(file.getFileName().toString(), in.readNBytes(SIZE_LIMIT + 1));
        }
    }

    /**
     * As {@link #read}, from memory.
     *
     * @param name the file's name, without a directory
     */
    public static Patch parse(String name, byte[] bytes) {
        if (bytes.length > SIZE_LIMIT) {
            throw new PatchFormatException(
                    name, 1, 1, "the patch is larger than 16 MiB", "split it, or leave out what is not needed");
        }
        String content = new String(bytes, StandardCharsets.ISO_8859_1);
        PatchParser parser = new PatchParser(name, content);
        return new Patch(name, Sha256.of(bytes), bytes.length, parser.header(), parser.files(), content);
    }
}
