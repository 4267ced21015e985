package org.patchproof.patch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a text one after the other, with a look at the one behind: never more than two of them
 * are in memory. What follows the last newline is the last line, even when it is empty.
 */
final class DiffLines {
    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private boolean over;
    private String line;
    private String next;

    /**
     * Begins at the first line.
     *
     * @param longest how many bytes a line may have; one of more is an IOException
     */
    DiffLines(InputStream in, int longest) throws IOException {
        this.in = in;
        this.longest = longest;
        this.next = read();
        advance();
    }

    /** The line; null behind the last one. Each character is a byte. */
    String line() {
        return line;
    }

    /** The line behind that; null when there is none. */
    String next() {
        return next;
    }

    /** On to the next line; the one that was left. */
    String advance() throws IOException {
        String left = line;
        line = next;
        next = line == null ? null : read();
        return left;
    }

    private String read() throws IOException {
        if (over) {
            return null;
        }
        ByteArrayOutputStream begun = null;
        while (true) {
            int newline = at;
            while (newline < end && buffer[newline] != '\n') {
                newline++;
            }
            if (newline < end && begun == null) {
                String whole = new String(buffer, at, newline - at, StandardCharsets.ISO_8859_1);
                at = newline + 1;
                return whole;
            }
            begun = begun == null ? new ByteArrayOutputStream() : begun;
            begun.write(buffer, at, newline - at);
            if (begun.size() > longest) {
                throw new IOException("a line of it has more than " + longest + " bytes");
            }
            at = newline + 1;
            if (newline < end) {
                return begun.toString(StandardCharsets.ISO_8859_1);
            }
            end = in.read(buffer, 0, buffer.length);
            at = 0;
            if (end < 0) {
                over = true;
                return begun.toString(StandardCharsets.ISO_8859_1);
            }
        }
    }
}
