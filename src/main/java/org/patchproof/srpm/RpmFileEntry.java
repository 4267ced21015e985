package org.patchproof.srpm;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A file as a package's header lists it.
 *
 * @param path absolute in a binary package, a bare name in a source package
 * @param size in bytes, of the content
 * @param mode type and permissions, as {@code st_mode}
 * @param mtime when it was last changed, where the header says so
 * @param digest of its content; absent for what has no content, and for empty digests
 * @param linkTarget of a symbolic link
 * @param flags rpm's {@code RPMFILE_*} bits
 */
public record RpmFileEntry(
        String path,
        long size,
        int mode,
        Optional<Instant> mtime,
        Optional<RpmDigest> digest,
        Optional<String> linkTarget,
        int flags) {
    private static final int TYPE_MASK = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int SYMLINK = 0120000;
    private static final int SPEC_FILE = 1 << 5;
    private static final int GHOST = 1 << 6;

    public RpmFileEntry {
        Objects.requireNonNull(path);
        Objects.requireNonNull(mtime);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(linkTarget);
        if (size < 0) {
            throw new IllegalArgumentException("a negative size: " + size);
        }
    }

    /** Whether it is a regular file. */
    public boolean isRegular() {
        return (mode & TYPE_MASK) == REGULAR;
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return (mode & TYPE_MASK) == DIRECTORY;
    }

    /** Whether it is a symbolic link. */
    public boolean isSymlink() {
        return (mode & TYPE_MASK) == SYMLINK;
    }

    /** Whether it is the spec file of a source package ({@code RPMFILE_SPECFILE}). */
    public boolean isSpecFile() {
        return (flags & SPEC_FILE) != 0;
    }

    /** Whether it is listed but not in the payload ({@code RPMFILE_GHOST}; a NoSource of a source package). */
    public boolean isGhost() {
        return (flags & GHOST) != 0;
    }

    /** What it is, in a word, for messages. */
    String kind() {
        return switch (mode & TYPE_MASK) {
            case REGULAR -> "regular file";
            case DIRECTORY -> "directory";
            case SYMLINK -> "symbolic link";
            case 0020000 -> "character device";
            case 0060000 -> "block device";
            case 0010000 -> "fifo";
            case 0140000 -> "socket";
            default -> "file of unknown type (mode " + Integer.toOctalString(mode) + ")";
        };
    }
}
