package org.patchproof.patch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A commit as far as a patch can carry it.
 *
 * @param id 40 or 64 hexadecimal digits
 * @param author {@code Name <mail>}
 * @param date when it was written, as mails have it: {@code Tue, 3 Mar 2026 10:00:00 +0100}
 * @param subject the first paragraph of the message, on one line
 * @param body the rest of the message with its trailers; may be empty
 * @param files what it does to each file, by path
 */
public record CommitChange(String id, String author, String date, String subject, String body, List<FileChange> files) {

    /**
     * One file before and after; each character is one byte.
     *
     * @param before empty for a file that the commit creates
     * @param after empty for a file that the commit deletes
     */
    public record FileChange(String path, TouchedFile.Mode mode, Optional<String> before, Optional<String> after) {
        public FileChange {
            Objects.requireNonNull(path);
            Objects.requireNonNull(mode);
            Objects.requireNonNull(before);
            Objects.requireNonNull(after);
        }
    }

    public CommitChange {
        Objects.requireNonNull(id);
        Objects.requireNonNull(author);
        Objects.requireNonNull(date);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(body);
        files = List.copyOf(files);
    }

    /** {@code 1234567890ab ("subject")}, as the kernel's own documents write it. */
    public String shown() {
        return id.substring(0, 12) + " (\"" + subject + "\")";
    }

    /** The same commit with other files. */
    CommitChange withFiles(List<FileChange> other) {
        return new CommitChange(id, author, date, subject, body, other);
    }

    /** The same commit with another body. */
    CommitChange withBody(String other) {
        return new CommitChange(id, author, date, subject, other, files);
    }
}
