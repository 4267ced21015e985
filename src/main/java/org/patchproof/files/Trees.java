package org.patchproof.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Removes directory trees, and measures them. */
public final class Trees {
    private Trees() {}

    /**
     * Makes {@code to} a copy of {@code from} whose files are hard links where that is possible: neither may be
     * written to any more. Symbolic links stay as they are.
     */
    public static void link(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else if (Files.isSymbolicLink(path)) {
                    Files.copy(path, target, LinkOption.NOFOLLOW_LINKS);
                } else {
                    linkFile(path, target);
                }
            }
        }
    }

    private static void linkFile(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /**
     * Deletes {@code directory} and all in it, following no link; nothing happens when it is not there. What may
     * not be listed or written to may be when it is one's own: overlayfs leaves such directories, and so does make.
     */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                deleteOne(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
                if (!(error instanceof AccessDeniedException) || !opened(file)) {
                    throw error;
                }
                delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException error) throws IOException {
                if (error != null) {
                    throw error;
                }
                deleteOne(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void deleteOne(Path path) throws IOException {
        try {
            Files.delete(path);
        } catch (AccessDeniedException e) {
            if (path.getParent() == null || !opened(path.getParent())) {
                throw e;
            }
            Files.delete(path);
        }
    }

    /** Whether a directory lacked its owner's rights, and now has them. */
    private static boolean opened(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Set<PosixFilePermission> all = Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
        if (!all.addAll(PosixFilePermissions.fromString("rwx------"))) {
            return false;
        }
        try {
            Files.setPosixFilePermissions(directory, all);
            return true;
        } catch (FileSystemException e) {
            return false; // somebody else's
        }
    }

    /** How many bytes the files in {@code directory} have together; what goes away meanwhile has none. */
    public static long bytes(Path directory) throws IOException {
        long[] sum = {0};
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }
}
