package org.patchproof.vm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The lines that a guest says on its channel, bounded in length and number. */
final class ChannelLines {
    static final int LINE_LIMIT = 8 * 1024;
    /** A guest that says more, faster than it is listened to, loses the rest. */
    static final int QUEUE_LIMIT = 100_000;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(QUEUE_LIMIT);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    void accept(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                lines.offer(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            } else if (line.size() < LINE_LIMIT) {
                line.write(bytes[i]);
            }
        }
    }

    Optional<String> next(Duration wait) throws InterruptedException {
        return Optional.ofNullable(lines.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
    }
}
