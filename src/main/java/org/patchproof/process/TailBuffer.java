package org.patchproof.process;

import java.nio.charset.StandardCharsets;

/** The last bytes of a stream, in bounded memory. */
final class TailBuffer {
    private final byte[] ring;
    private long written;

    TailBuffer(int size) {
        ring = new byte[size];
    }

    void append(byte[] bytes) {
        append(bytes, bytes.length);
    }

    synchronized void append(byte[] bytes, int length) {
        int from = Math.max(0, length - ring.length);
        written += from;
        int todo = length - from;
        while (todo > 0) {
            int at = (int) (written % ring.length);
            int piece = Math.min(todo, ring.length - at);
            System.arraycopy(bytes, from, ring, at, piece);
            written += piece;
            from += piece;
            todo -= piece;
        }
    }

    synchronized String text() {
        if (written <= ring.length) {
            return new String(ring, 0, (int) written, StandardCharsets.UTF_8);
        }
        int at = (int) (written % ring.length);
        byte[] ordered = new byte[ring.length];
        System.arraycopy(ring, at, ordered, 0, ring.length - at);
        System.arraycopy(ring, 0, ordered, ring.length - at, at);
        return new String(ordered, StandardCharsets.UTF_8);
    }
}
