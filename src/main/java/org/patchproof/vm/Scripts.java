package org.patchproof.vm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Our scripts for guests, from the jar. */
final class Scripts {
    private Scripts() {}

    static byte[] read(String name) throws IOException {
        try (InputStream in = Scripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("missing from the jar: " + name);
            }
            return in.readAllBytes();
        }
    }

    static String text(String name) throws IOException {
        return new String(read(name), StandardCharsets.UTF_8);
    }
}
