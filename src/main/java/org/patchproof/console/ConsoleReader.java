package org.patchproof.console;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Cuts console bytes into lines as they arrive, in chunks of any size. A line is handed over once its
 * line feed is there, or at {@link #finish()}. However the bytes are cut into chunks, the lines are
 * the same. Not safe for several threads.
 */
public final class ConsoleReader {
    private static final int CHUNK = 1 << 16;

    private final Consumer<ConsoleLine> lines;
    private final byte[] kept = new byte[ConsoleLine.LIMIT];
    private int length;
    private long dropped;
    private long number = 1;
    private long lineStart;
    private long offset;

    /** A reader that hands each line to {@code lines}. */
    public ConsoleReader(Consumer<ConsoleLine> lines) {
        this.lines = Objects.requireNonNull(lines);
    }

    /** The lines of a whole console, read to its end; the caller closes {@code console}. */
    public static List<ConsoleLine> readAll(InputStream console) throws IOException {
        List<ConsoleLine> all = new ArrayList<>();
        ConsoleReader reader = new ConsoleReader(all::add);
        byte[] chunk = new byte[CHUNK];
        for (int n = console.read(chunk); n >= 0; n = console.read(chunk)) {
            reader.accept(chunk, 0, n);
        }
        reader.finish();
        return all;
    }

    /** More bytes of the console. */
    public void accept(byte[] bytes) {
        accept(bytes, 0, bytes.length);
    }

    /** More bytes of the console: {@code count} of {@code bytes} from {@code from}. */
    public void accept(byte[] bytes, int from, int count) {
        Objects.checkFromIndexSize(from, count, bytes.length);
        for (int i = from; i < from + count; i++) {
            byte b = bytes[i];
            offset++;
            if (b == '\n') {
                endLine();
            } else if (length < kept.length) {
                kept[length++] = b;
            } else {
                dropped++;
            }
        }
    }

    /** No more bytes will come: hands over a last line that has no line feed. */
    public void finish() {
        if (length > 0) {
            endLine();
        }
    }

    /** Bytes read so far. */
    public long bytes() {
        return offset;
    }

    /** Lines begun so far. */
    public long lines() {
        return length > 0 ? number : number - 1;
    }

    private void endLine() {
        LineSplitter.split(kept, length, dropped > 0 ? LineSplitter.Cut.SHORT : LineSplitter.Cut.WHOLE)
                .forEach(piece -> lines.accept(piece.at(number, lineStart)));
        number++;
        lineStart = offset;
        length = 0;
        dropped = 0;
    }
}
