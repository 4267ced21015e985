package org.patchproof.specfile;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A spec file, lossless for any bytes. */
public final class SpecFile {
    private final String fileName;
    private final String text;

    private SpecFile(String fileName, String text) {
        this.fileName = fileName;
        this.text = text;
    }

    /**
     * Parses a spec file.
     *
     * @param fileName its name without a directory: the listing check of a vendor's spec greps in the
     *     file of that very name
     * @throws IllegalArgumentException when it is larger than 32 MiB
     */
    public static SpecFile parse(String fileName, byte[] bytes) {
        return new SpecFile(Objects.requireNonNull(fileName), new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** The file's name. */
    public String fileName() {
        return fileName;
    }

    /** The file's bytes: those that were parsed. */
    public byte[] print() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
