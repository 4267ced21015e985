package org.patchproof.srpm;

import java.nio.file.Path;
import java.util.OptionalLong;

/** A file is no RPM, is damaged, or holds what is refused. The message says what, where, and what to do. */
public final class RpmFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int WRONG_LIMIT = 2_000;

    static final String COPY_AGAIN = "Copy it again and compare its sha256 with that of its source.";
    static final String DO_NOT_TRUST = "No rpmbuild makes such a package: do not use it, and ask where it came from.";

    private final transient Path file;
    private final long offset;
    private final String remedy;

    private RpmFormatException(Path file, long offset, String wrong, String remedy) {
        super(file + (offset < 0 ? "" : ": at byte " + offset) + ": " + harmless(wrong) + ". " + remedy);
        this.file = file;
        this.remedy = remedy;
        this.offset = offset;
    }

    /** Parts of a message stand in the file, and might steer a terminal, or fill it. */
    private static String harmless(String text) {
        String shown = text.length() > WRONG_LIMIT ? text.substring(0, WRONG_LIMIT) + "..." : text;
        return shown.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
    }

    /** Bytes are not as they must be: most likely a bad copy. */
    static RpmFormatException damaged(Path file, long offset, String wrong) {
        return new RpmFormatException(file, offset, wrong, COPY_AGAIN);
    }

    /** As {@link #damaged(Path, long, String)}, where no one byte of the file can be named. */
    static RpmFormatException damaged(Path file, String wrong) {
        return damaged(file, -1, wrong);
    }

    /** The file may be whole, but what it asks for is refused. */
    static RpmFormatException refused(Path file, String wrong) {
        return refused(file, wrong, DO_NOT_TRUST);
    }

    /** As {@link #refused(Path, String)}, with another remedy. */
    static RpmFormatException refused(Path file, String wrong, String remedy) {
        return new RpmFormatException(file, -1, wrong, remedy);
    }

    /** Whether another copy of the file may be whole. */
    public boolean isDamage() {
        return remedy.equals(COPY_AGAIN);
    }

    /** The RPM file. */
    public Path file() {
        return file;
    }

    /** The byte of the file at which the trouble is, where one can be named. */
    public OptionalLong offset() {
        return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }
}
