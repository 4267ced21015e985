package org.patchproof.patch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeFormatter;
import org.eclipse.jgit.merge.MergeResult;

/**
 * Carries commits over to another tree by three-way merge: what the commit started from is known from
 * the repository, so that a change of ours nearby is no conflict, and one in the same lines is.
 */
public final class CherryPick {
    private final String kernel;
    private final Map<String, String> tree;
    private final List<CommitChange> picked = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    private CherryPick(String kernel, TreeFiles files) {
        this.kernel = kernel;
        this.tree = new TreeMap<>(files.contents());
    }

    /**
     * A file where a commit and the tree want different things.
     *
     * @param commit which
     * @param path the file
     * @param shown what a person needs to see: both sides between markers, or why there is no merge
     */
    public record Conflict(String commit, String path, String shown) {
        public Conflict {
            Objects.requireNonNull(commit);
            Objects.requireNonNull(path);
            Objects.requireNonNull(shown);
        }
    }

    /**
     * What came of it.
     *
     * @param commits the commits as changes of the other tree, in order; those that it has already are left out
     * @param notes what was left out, and why
     * @param conflicts empty when all went well. After the first commit with conflicts nothing is tried
     */
    public record Picked(List<CommitChange> commits, List<String> notes, List<Conflict> conflicts) {
        public Picked {
            commits = List.copyOf(commits);
            notes = List.copyOf(notes);
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * Carries {@code commits} over, each on top of the ones before it.
     *
     * @param kernel the other tree's name, for people
     * @param files all files that the commits touch, as far as that tree has them
     */
    public static Picked onto(String kernel, TreeFiles files, List<CommitChange> commits) {
        CherryPick pick = new CherryPick(kernel, files);
        for (CommitChange commit : commits) {
            pick.pick(commit);
            if (!pick.conflicts.isEmpty()) {
                break;
            }
        }
        return new Picked(pick.picked, pick.notes, pick.conflicts);
    }

    private void pick(CommitChange commit) {
        List<CommitChange.FileChange> changes = new ArrayList<>();
        for (CommitChange.FileChange file : commit.files()) {
            Optional<String> ours = Optional.ofNullable(tree.get(file.path()));
            merged(commit, file, ours)
                    .filter(after -> !after.equals(ours))
                    .ifPresent(
                            after -> changes.add(new CommitChange.FileChange(file.path(), file.mode(), ours, after)));
        }
        if (!conflicts.isEmpty()) {
            return;
        }
        if (changes.isEmpty()) {
            notes.add(commit.shown() + " is left out: " + kernel + " has it already");
            return;
        }
        for (CommitChange.FileChange change : changes) {
            change.after().ifPresentOrElse(after -> tree.put(change.path(), after), () -> tree.remove(change.path()));
        }
        String line = "(cherry picked from commit " + commit.id() + ")";
        picked.add(commit.withFiles(changes).withBody(withLine(commit.body(), line)));
    }

    /** Behind the trailers, as {@code git cherry-pick -x} writes it. */
    private static String withLine(String body, String line) {
        if (body.isEmpty()) {
            return line;
        }
        String last = body.substring(body.lastIndexOf('\n') + 1);
        boolean trailer = last.matches("[A-Za-z][A-Za-z-]*: .*|\\(cherry picked .*\\)");
        return body + (trailer ? "\n" : "\n\n") + line;
    }

    /** The file after the commit, itself empty when it is gone then; nothing where there is a conflict. */
    private Optional<Optional<String>> merged(
            CommitChange commit, CommitChange.FileChange file, Optional<String> ours) {
        if (ours.equals(file.before()) || ours.equals(file.after())) {
            return Optional.of(file.after());
        }
        if (file.before().isEmpty()) {
            return conflict(commit, file, "the commit creates it, and " + kernel + " has another one");
        }
        if (ours.isEmpty()) {
            return conflict(commit, file, kernel + " has no such file");
        }
        if (file.after().isEmpty()) {
            return conflict(commit, file, "the commit deletes it, and " + kernel + " has changed it");
        }
        MergeResult<RawText> result = new MergeAlgorithm(new HistogramDiff())
                .merge(
                        RawTextComparator.DEFAULT,
                        CommitPatch.raw(file.before()),
                        CommitPatch.raw(ours),
                        CommitPatch.raw(file.after()));
        String text = text(commit, result);
        return result.containsConflicts()
                ? conflict(commit, file, ConflictText.of(text))
                : Optional.of(Optional.of(text));
    }

    private Optional<Optional<String>> conflict(CommitChange commit, CommitChange.FileChange file, String shown) {
        conflicts.add(new Conflict(commit.shown(), file.path(), shown));
        return Optional.empty();
    }

    private String text(CommitChange commit, MergeResult<RawText> result) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            List<String> names = List.of("base", kernel, "commit " + commit.id().substring(0, 12));
            new MergeFormatter().formatMerge(out, result, names, StandardCharsets.ISO_8859_1);
            return out.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
    }
}
