package org.patchproof.patch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** What a commit does to files; refuses what GNU patch and plain diffs cannot carry. */
final class CommitFiles {
    private static final long BLOB_LIMIT = 64L << 20;
    private static final int FILES_LIMIT = 5_000;

    private final ObjectReader reader;

    CommitFiles(ObjectReader reader) {
        this.reader = reader;
    }

    List<CommitChange.FileChange> between(RevCommit commit, RevCommit parent) throws IOException {
        List<CommitChange.FileChange> files = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(parent.getTree());
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                if (files.size() == FILES_LIMIT) {
                    throw refuse(commit, "changes more than " + FILES_LIMIT + " files", "Name a smaller one.");
                }
                files.add(file(commit, walk));
            }
        }
        return files;
    }

    private CommitChange.FileChange file(RevCommit commit, TreeWalk walk) throws IOException {
        String path = walk.getPathString();
        FileMode old = walk.getFileMode(0);
        FileMode changed = walk.getFileMode(1);
        for (FileMode mode : List.of(old, changed)) {
            boolean plain =
                    mode == FileMode.MISSING || mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
            if (!plain) {
                throw refuse(
                        commit,
                        "changes " + path + ", which is a "
                                + (mode == FileMode.GITLINK ? "submodule" : "symbolic link"),
                        "Only regular files go through GNU patch: leave it out of the commit.");
            }
        }
        if (old != FileMode.MISSING && changed != FileMode.MISSING && old != changed) {
            throw refuse(
                    commit,
                    "changes the mode of " + path,
                    "GNU patch and plain diffs do not carry it: leave it out of the commit.");
        }
        FileMode mode = changed == FileMode.MISSING ? old : changed;
        return new CommitChange.FileChange(
                path,
                mode == FileMode.EXECUTABLE_FILE ? TouchedFile.Mode.EXECUTABLE : TouchedFile.Mode.REGULAR,
                content(commit, path, old, walk.getObjectId(0)),
                content(commit, path, changed, walk.getObjectId(1)));
    }

    private Optional<String> content(RevCommit commit, String path, FileMode mode, ObjectId id) throws IOException {
        if (mode == FileMode.MISSING) {
            return Optional.empty();
        }
        ObjectLoader blob = reader.open(id);
        if (blob.getSize() > BLOB_LIMIT) {
            throw refuse(commit, "changes " + path + ", which is larger than 64 MiB", "Leave it out of the commit.");
        }
        byte[] bytes = blob.getBytes();
        if (RawText.isBinary(bytes)) {
            throw refuse(
                    commit, "changes the binary file " + path, "A patch cannot carry it: leave it out of the commit.");
        }
        if (bytes.length == 0) {
            throw refuse(
                    commit,
                    "has " + path + " empty, before or after",
                    "Plain diffs do not carry empty files: leave it out of the commit.");
        }
        return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static ImportException refuse(RevCommit commit, String what, String remedy) {
        return new ImportException(
                commit.name().substring(0, 12) + " (\"" + commit.getShortMessage() + "\") " + what, remedy);
    }
}
