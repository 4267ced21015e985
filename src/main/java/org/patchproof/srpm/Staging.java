package org.patchproof.srpm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.patchproof.files.Belongings;

/**
 * All or nothing: a place in a hidden folder beside the target, in which the work is done, and which becomes the
 * target by one rename, or goes away; also when this process is stopped. What a killed one left, the next start
 * removes.
 */
final class Staging implements AutoCloseable {
    private final Path target;
    private final Thread hook = new Thread(this::stop, "staging");
    private Path hidden;
    private boolean stopped;

    private Staging(Path target) {
        this.target = target;
    }

    /** Makes the hidden folder, and nothing in it yet. The target must not exist, its parent must. */
    static Staging beside(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null || absolute.getFileName() == null) {
            throw new FileAlreadyExistsException(target.toString(), null, "name a path below the root directory");
        }
        requireFree(absolute);
        if (!Files.isDirectory(parent)) {
            throw new NoSuchFileException(parent.toString(), null, "no such directory: make it first");
        }
        Staging staging = new Staging(absolute);
        Runtime.getRuntime().addShutdownHook(staging.hook);
        staging.make(parent);
        return staging;
    }

    private synchronized void make(Path parent) throws IOException {
        if (stopped) {
            throw new InterruptedIOException("stopped");
        }
        hidden = Belongings.ours().scratchIn(parent);
    }

    /** From now on nothing is made. */
    private synchronized void stop() {
        stopped = true;
        if (hidden != null) {
            Belongings.ours().remove(hidden);
        }
    }

    /** Where to work. */
    Path place() {
        return hidden.resolve("whole");
    }

    /** Refuses, before anything is written, what the disk has no room for. */
    void requireSpace(long bytes) throws IOException {
        long usable = Files.getFileStore(target.getParent()).getUsableSpace();
        if (bytes > usable) {
            throw new IOException(target + ": needs " + bytes + " bytes, and the disk has only " + usable
                    + " left: free some, or choose another place");
        }
    }

    /** The place becomes the target. */
    void commit() throws IOException {
        requireFree(target);
        Files.move(place(), target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what was not committed. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is being stopped, and the hook has begun.
            return;
        }
    }

    /** Removes a tree, and follows no link; what is not there is fine. */
    static void remove(Path tree) throws IOException {
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(tree, new Remover());
        }
    }

    private static void requireFree(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "it exists already: remove it, or name another place");
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException trouble) throws IOException {
            if (trouble != null) {
                throw trouble;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
