package org.patchproof.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Drains a process's output: all of it to the log (up to {@link #LOG_LIMIT}), its end to memory,
 * its lines to a listener. Bounded whatever the process prints.
 */
final class OutputDrain implements AutoCloseable {
    /** A log larger than this is a process gone wild; what follows is drained and dropped. */
    static final long LOG_LIMIT = 1L << 30;

    private static final long JOIN_MILLIS = 5_000;

    private final OutputStream log;
    private final Consumer<String> lines;
    private final TailBuffer tail = new TailBuffer(CommandResult.OUTPUT_LIMIT);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long logged;
    private InputStream source;
    private Thread thread;

    private OutputDrain(OutputStream log, Consumer<String> lines) {
        this.log = log;
        this.lines = lines;
    }

    static OutputDrain open(Optional<Path> log, Consumer<String> lines) throws IOException {
        if (log.isEmpty()) {
            return new OutputDrain(OutputStream.nullOutputStream(), lines);
        }
        if (log.get().getParent() != null) {
            Files.createDirectories(log.get().getParent());
        }
        return new OutputDrain(
                Files.newOutputStream(log.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND), lines);
    }

    void follow(InputStream output) {
        source = output;
        thread = new Thread(this::drain, "output-drain");
        thread.setDaemon(true);
        thread.start();
    }

    /** The end of the output so far. */
    String tail() {
        return tail.text();
    }

    private void drain() {
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = source) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                tail.append(buffer, n);
                writeLog(buffer, n);
                splitLines(buffer, n);
            }
        } catch (IOException e) {
            tail.append(("\n[output lost: " + e.getMessage() + "]\n").getBytes(StandardCharsets.UTF_8));
        }
        if (line.size() > 0) {
            emit();
        }
    }

    private void writeLog(byte[] buffer, int n) throws IOException {
        if (logged < LOG_LIMIT) {
            log.write(buffer, 0, (int) Math.min(n, LOG_LIMIT - logged));
            logged += n;
            if (logged >= LOG_LIMIT) {
                log.write(("\n[log cut here: more than " + LOG_LIMIT + " bytes]\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void splitLines(byte[] buffer, int n) {
        int from = 0;
        while (from < n) {
            int room = CommandRunner.LINE_LIMIT - line.size();
            int to = from;
            while (to < n && to - from < room && buffer[to] != '\n') {
                to++;
            }
            line.write(buffer, from, to - from);
            boolean ended = to < n && buffer[to] == '\n' && to - from < room;
            if (ended || to - from == room) {
                emit();
            }
            from = ended ? to + 1 : to;
        }
    }

    private void emit() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    /** Waits until the stream has ended; a descendant that escaped and holds it open is not waited for. */
    @Override
    public void close() {
        try {
            if (thread != null) {
                thread.join(JOIN_MILLIS);
            }
            log.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            tail.append(("\n[log not closed: " + e.getMessage() + "]\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
