package org.patchproof.vm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The lines that a guest says on its channel, bounded in length and number. */
final class ChannelLines {
    static final int LINE_LIMIT = 8 * 1024;
    /** A guest that says more, faster than it is listened to, loses the rest: in characters. */
    static final int QUEUE_LIMIT = 8 << 20;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final AtomicLong queued = new AtomicLong();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    void accept(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                line.reset();
                offer(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            } else if (line.size() < LINE_LIMIT) {
                line.write(bytes[i]);
            }
        }
    }

    /** An empty line takes room, too. */
    private void offer(String text) {
        if (queued.get() + text.length() + 1 <= QUEUE_LIMIT) {
            queued.addAndGet(text.length() + 1);
            lines.add(text);
        }
    }

    Optional<String> next(Duration wait) throws InterruptedException {
        Optional<String> next = Optional.ofNullable(lines.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
        next.ifPresent(text -> queued.addAndGet(-text.length() - 1));
        return next;
    }
}
