package org.patchproof.vm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What comes from the firmware's port: any guest can write there, for ever, so only the beginning is kept. */
final class FirmwareLog {
    static final int LIMIT = 64 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    synchronized void accept(byte[] bytes, int count) {
        kept.write(bytes, 0, Math.min(count, LIMIT - kept.size()));
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.ISO_8859_1);
    }
}
