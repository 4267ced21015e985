package org.patchproof.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says that something on disk is in use: by any number of users at once, in this process and in others,
 * or by one that alone may change or remove it. Nobody waits. A lock ends with its process, whatever ends
 * that. The lock files stay; they are empty.
 */
public final class UseLock implements AutoCloseable {
    /** A process must open a lock file once only: closing any channel of it would give up all its locks. */
    private static final Map<Path, Held> HELD = new HashMap<>();

    private static final class Held {
        private final FileChannel channel;
        private final boolean exclusive;
        private int users = 1;

        Held(FileChannel channel, boolean exclusive) {
            this.channel = channel;
            this.exclusive = exclusive;
        }
    }

    private final Path file;
    private boolean closed;

    private UseLock(Path file) {
        this.file = file;
    }

    /** To use what {@code file} guards; empty while somebody changes it. */
    public static Optional<UseLock> shared(Path file) throws IOException {
        return take(file, false);
    }

    /** To change or remove what {@code file} guards; empty while anybody uses it, this process included. */
    public static Optional<UseLock> exclusive(Path file) throws IOException {
        return take(file, true);
    }

    private static Optional<UseLock> take(Path file, boolean exclusive) throws IOException {
        Path key = file.toAbsolutePath().normalize();
        synchronized (HELD) {
            Held held = HELD.get(key);
            if (held != null) {
                if (exclusive || held.exclusive) {
                    return Optional.empty();
                }
                held.users++;
                return Optional.of(new UseLock(key));
            }
            Files.createDirectories(key.getParent());
            FileChannel channel =
                    FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock(0, Long.MAX_VALUE, !exclusive);
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            if (lock == null) {
                return Optional.empty();
            }
            HELD.put(key, new Held(channel, exclusive));
            return Optional.of(new UseLock(key));
        }
    }

    /** Gives it up. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (closed) {
                return;
            }
            closed = true;
            Held held = HELD.get(file);
            held.users--;
            if (held.users == 0) {
                HELD.remove(file);
                held.channel.close();
            }
        }
    }
}
