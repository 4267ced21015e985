package org.patchproof.patch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A patch, read and found sound by {@link PatchReader}.
 *
 * @param name the file's name, without its directory
 * @param sha256 of the file, lower-case hexadecimal
 * @param size in bytes
 * @param header what it says of itself
 * @param files what it touches, in its order; no path twice
 * @param content the file itself, ISO-8859-1: each character is one byte
 */
public record Patch(String name, String sha256, long size, MailHeader header, List<TouchedFile> files, String content) {

    public Patch {
        Objects.requireNonNull(name);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(header);
        files = List.copyOf(files);
        Objects.requireNonNull(content);
    }

    /** What to write to disk for this patch in {@code style}. */
    public byte[] bytes(PatchStyle style) {
        return text(style).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** How many lines ({@code wc -l}) it has when written in {@code style}. */
    public long lineCount(PatchStyle style) {
        return text(style).chars().filter(c -> c == '\n').count();
    }

    /** The paths that it touches. */
    public Set<String> paths() {
        return files.stream().map(TouchedFile::path).collect(Collectors.toUnmodifiableSet());
    }

    private String text(PatchStyle style) {
        return switch (style) {
            case AS_GIVEN -> content;
            case PLAIN -> plain();
            case MAIL -> MailForm.of(this);
        };
    }

    String plain() {
        StringBuilder text = new StringBuilder();
        for (TouchedFile file : files) {
            boolean created = file.change() == TouchedFile.Change.CREATED;
            boolean deleted = file.change() == TouchedFile.Change.DELETED;
            text.append("--- ").append(created ? "/dev/null" : "a/" + file.path());
            text.append("\n+++ ").append(deleted ? "/dev/null" : "b/" + file.path());
            text.append('\n');
            file.hunks().forEach(hunk -> text.append(hunk.text()));
        }
        return text.toString();
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "Patch[" + name + ", sha256 " + sha256 + ", " + files.size() + " files]";
    }
}
