package org.patchproof.patch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a unified diff strictly: nothing is skipped that GNU patch or git might read otherwise than
 * we do.
 */
final class PatchParser {
    private static final int FILE_LIMIT = 10_000;

    private final PatchText text;
    private final MailHeader header;
    private final List<TouchedFile> files = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final FileNames names;

    PatchParser(String name, String content) {
        text = new PatchText(name, content);
        names = new FileNames(text);
        forbidBytes(content);
        header = MailHeaderParser.parse(new PatchText(name, content));
        Preamble preamble = new Preamble(text);
        while (!text.atEnd()) {
            if (text.peek(0).startsWith("diff --git ")) {
                preamble.reset();
                readGitFile();
            } else if (text.peek(0).startsWith("--- ") && text.peek(1).startsWith("+++ ")) {
                readFile(Optional.empty(), preamble.index());
                preamble.reset();
            } else {
                preamble.skipLine();
            }
        }
        if (files.isEmpty()) {
            throw text.wrongAt(
                    1, 1, "no hunk in this file", "give a unified diff: lines '--- a/..', '+++ b/..', '@@ -..'");
        }
    }

    MailHeader header() {
        return header;
    }

    List<TouchedFile> files() {
        return files;
    }

    private void forbidBytes(String content) {
        Optional<ForeignBytes> foreign = ForeignBytes.of(content);
        if (foreign.isPresent()) {
            throw text.wrongAt(1, 1, foreign.get().what(), foreign.get().remedy());
        }
        int line = 1;
        int start = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '\n') {
                line++;
                start = i + 1;
            } else if (c == '\0') {
                throw text.wrongAt(line, i - start + 1, "a NUL byte: this is a binary patch", BINARY_REMEDY);
            } else if (c == '\r' && i + 1 < content.length() && content.charAt(i + 1) == '\n') {
                throw text.wrongAt(
                        line,
                        i - start + 1,
                        "the line ends in CR LF",
                        "kernel sources have LF line ends: save the patch with them, as dos2unix does");
            }
        }
    }

    static final String BINARY_REMEDY = "make the diff without binary files; they cannot go through GNU patch";

    private void readGitFile() {
        GitHeader git = new GitHeader(text);
        if (!(text.peek(0).startsWith("--- ") && text.peek(1).startsWith("+++ "))) {
            throw text.wrongAt(
                    git.line(),
                    1,
                    "this 'diff --git' has no hunk",
                    "leave it out: empty files and pure mode changes are not carried by every packaging");
        }
        readFile(Optional.of(git), Optional.empty());
    }

    private void readFile(Optional<GitHeader> git, Optional<String> index) {
        int line = text.number();
        Optional<String> old = names.oldName();
        Optional<String> changed = names.newName();
        if (old.isEmpty() && changed.isEmpty()) {
            throw text.wrongAt(line, 5, "both names are /dev/null", "name the file");
        }
        String path = changed.orElseGet(old::get);
        if (old.isPresent() && changed.isPresent() && !old.equals(changed)) {
            throw text.wrongAt(
                    line,
                    5,
                    "the old name is " + old.get() + ", the new one " + path + ": tools differ in which they take",
                    "make both the same after their first directory, as a/" + path + " and b/" + path
                            + "; for a rename make the diff with --no-renames");
        }
        index.ifPresent(i -> names.requireSame(line, i, path));
        git.ifPresent(g -> g.requireSame(path));
        Integer earlier = seen.put(path, line);
        if (earlier != null) {
            throw text.wrongAt(
                    line,
                    5,
                    path + " is already patched at line " + earlier,
                    "one patch file changes each file once: split it, or make one diff of both");
        }
        if (files.size() >= FILE_LIMIT) {
            throw text.wrongAt(line, 1, "more than " + FILE_LIMIT + " files", "split the patch");
        }
        TouchedFile.Change change = old.isEmpty()
                ? TouchedFile.Change.CREATED
                : changed.isEmpty() ? TouchedFile.Change.DELETED : TouchedFile.Change.MODIFIED;
        git.ifPresent(g -> g.requireChange(change));
        TouchedFile.Mode mode = git.map(GitHeader::mode).orElse(TouchedFile.Mode.REGULAR);
        files.add(new TouchedFile(path, change, mode, new HunkParser(text, change).hunks()));
    }
}
