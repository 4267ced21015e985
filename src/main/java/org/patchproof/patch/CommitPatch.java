package org.patchproof.patch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;

/**
 * Writes a commit as a mail, in the manner of {@code git format-patch}: its id in the first line, author
 * and date in the header, the message with its trailers, the diff. Letters beyond ASCII stand there as
 * UTF-8, and the header says so.
 */
public final class CommitPatch {
    private static final int NAME_LENGTH = 52;

    private CommitPatch() {}

    /**
     * The patch.
     *
     * @param number its place in the series, from 1
     * @param total how many there are
     * @throws ImportException when the message or a file's name makes it no sound patch
     */
    public static Patch of(CommitChange commit, int number, int total) {
        String name = fileName(commit, number);
        StringBuilder text = new StringBuilder();
        text.append("From ").append(commit.id()).append(" Mon Sep 17 00:00:00 2001\n");
        String place = total > 1 ? "[PATCH " + number + "/" + total + "] " : "[PATCH] ";
        String header = "From: " + MailWords.author(commit.author()) + "\nDate: " + commit.date() + "\nSubject: "
                + place + MailWords.subject(commit.subject()) + "\n";
        text.append(GitCommits.bytes(header));
        String all = commit.author() + commit.subject() + commit.body();
        if (!all.chars().allMatch(c -> c < 128)) {
            text.append("MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n");
            text.append("Content-Transfer-Encoding: 8bit\n");
        }
        text.append('\n');
        if (!commit.body().isEmpty()) {
            text.append(GitCommits.bytes(MailWords.body(commit, header))).append("\n");
        }
        text.append("---\n");
        commit.files().forEach(file -> text.append(diff(file)));
        text.append("-- \npatchproof\n");
        try {
            return PatchReader.parse(name, text.toString().getBytes(StandardCharsets.ISO_8859_1));
        } catch (PatchFormatException e) {
            throw new ImportException(
                    commit.shown() + " makes no sound patch: " + e.problem() + " (line " + e.line() + ")", e.remedy());
        }
    }

    /** What {@code git am} will make otherwise than the commit has it, for a person. */
    public static List<String> notes(CommitChange commit) {
        return MailWords.notes(commit);
    }

    /** {@code 0001-net-fix-it.patch}: letters that no tool trips over. */
    private static String fileName(CommitChange commit, int number) {
        String words = commit.subject().replaceAll("[^A-Za-z0-9_]+", "-").replaceAll("^-|-$", "");
        String cut = words.length() > NAME_LENGTH ? words.substring(0, NAME_LENGTH) : words;
        return String.format("%04d-%s.patch", number, cut.isEmpty() ? "change" : cut.replaceAll("-$", ""));
    }

    private static String diff(CommitChange.FileChange file) {
        StringBuilder text = new StringBuilder();
        text.append("diff --git a/")
                .append(file.path())
                .append(" b/")
                .append(file.path())
                .append('\n');
        String mode = file.mode() == TouchedFile.Mode.EXECUTABLE ? "100755" : "100644";
        if (file.before().isEmpty()) {
            text.append("new file mode ").append(mode).append('\n');
        } else if (file.after().isEmpty()) {
            text.append("deleted file mode ").append(mode).append('\n');
        }
        text.append("--- ").append(file.before().isEmpty() ? "/dev/null" : "a/" + file.path());
        text.append("\n+++ ").append(file.after().isEmpty() ? "/dev/null" : "b/" + file.path());
        return text.append('\n')
                .append(SectionedDiff.hunks(raw(file.before()), raw(file.after())))
                .toString();
    }

    static RawText raw(Optional<String> content) {
        return new RawText(content.orElse("").getBytes(StandardCharsets.ISO_8859_1));
    }
}
