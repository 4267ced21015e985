package org.patchproof.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The file in which a process wrote its pid, and on which it holds a lock for as long as it lives, as
 * QEMU does: a pid alone may be somebody else's by now.
 *
 * @param process who holds the lock
 */
public record PidFile(ProcessHandle process) {
    /** The file's name in its directory. */
    public static final String NAME = "pid";

    private static final int LIMIT = 32;

    /** Who lives and wrote its pid into {@code directory}. */
    public static Optional<PidFile> in(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LIMIT) {
                return Optional.empty();
            }
            // First who has that pid, then whether the writer lives: then it is the same.
            Optional<ProcessHandle> process =
                    ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                return channel.tryLock() == null ? process.map(PidFile::new) : Optional.empty();
            }
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Ends it, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            // the directory is removed all the same
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
