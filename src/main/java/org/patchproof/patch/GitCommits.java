package org.patchproof.patch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevWalkException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** Reads commits out of a developer's repository; nothing in it is changed. */
public final class GitCommits implements AutoCloseable {
    private static final int COMMITS_LIMIT = 500;
    private static final DateTimeFormatter MAIL_DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

    private static final Pattern BLANK_LINE = Pattern.compile("\\n[ \\t]*+\\n");
    private static final String FSCK =
            "git fsck --full says what is broken; clone it again, or copy it from where it" + " is whole.";

    private final Repository repository;

    private GitCommits(Repository repository) {
        this.repository = repository;
    }

    /**
     * Opens the repository of a work tree, or a bare one.
     *
     * @throws ImportException when there is none
     */
    public static GitCommits open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ImportException(folder + ": no such folder", "Name the folder of a git repository.");
        }
        NoGitConfig.install();
        RepositoryBuilder builder = new RepositoryBuilder().setMustExist(true);
        boolean bare = Files.isDirectory(folder.resolve("objects")) && Files.isRegularFile(folder.resolve("HEAD"));
        if (bare) {
            builder.setGitDir(folder.toFile());
        } else {
            builder.findGitDir(folder.toFile());
        }
        if (builder.getGitDir() == null) {
            throw new ImportException(folder + ": no git repository", "Name the folder of one: it has a .git.");
        }
        Repository repository = builder.build();
        String format = repository.getConfig().getString("extensions", null, "objectformat");
        if (format != null && !format.equalsIgnoreCase("sha1")) {
            repository.close();
            throw new ImportException(
                    folder + ": a repository with " + format.toUpperCase(Locale.ROOT) + " ids, which are not read",
                    "Have git write the patches: git format-patch RANGE.");
        }
        return new GitCommits(repository);
    }

    /**
     * The commits of a range, the oldest first.
     *
     * @param range {@code A..B}, {@code A..} (to HEAD), or one commit
     * @throws ImportException when a name means nothing, a commit is a merge or a root, or a file is none
     *     that a patch can carry
     */
    public List<CommitChange> read(String range) throws IOException {
        int dots = range.indexOf("..");
        if (range.contains("...")) {
            throw new ImportException(
                    range + ": three dots mean two sides, and a series has one", "Write " + range.replace("...", ".."));
        }
        try (RevWalk walk = new RevWalk(repository);
                ObjectReader reader = repository.newObjectReader()) {
            List<CommitChange> changes = new ArrayList<>();
            for (RevCommit commit : dots < 0 ? List.of(commit(walk, range)) : between(walk, range, dots)) {
                requireOneParent(commit);
                RevCommit parent = walk.parseCommit(commit.getParent(0));
                changes.add(change(commit, new CommitFiles(reader).between(commit, parent)));
            }
            return changes;
        } catch (IOException e) {
            throw unreadable(e);
        } catch (RevWalkException e) {
            throw unreadable(e.getCause() instanceof IOException io ? io : new IOException(e));
        }
    }

    /** What lacks in a partial clone was never fetched; else something is damaged. */
    private ImportException unreadable(IOException e) {
        boolean partial = repository.getConfig().getSubsections("remote").stream()
                .anyMatch(remote -> repository.getConfig().getBoolean("remote", remote, "promisor", false));
        if (!(e instanceof MissingObjectException missing)) {
            return new ImportException(
                    repository.getDirectory() + " is damaged: "
                            + String.valueOf(e.getMessage()).strip(),
                    FSCK);
        }
        String lacks = repository.getDirectory() + " lacks "
                + (missing.getObjectId() == null
                        ? "an object"
                        : missing.getObjectId().name());
        return partial
                ? new ImportException(
                        lacks + ", as a partial clone does until somebody looks at it",
                        "Have git fetch it: git log -p RANGE, or git show COMMIT, once; or all: git fetch --refetch"
                                + " --no-filter.")
                : new ImportException(lacks + ": it is damaged", FSCK);
    }

    private List<RevCommit> between(RevWalk walk, String range, int dots) throws IOException {
        String from = range.substring(0, dots);
        String to = range.substring(dots + 2);
        if (from.isEmpty()) {
            throw new ImportException(range + ": where does it begin?", "Write FIRST^..LAST, as v6.1.." + to + ".");
        }
        walk.markUninteresting(commit(walk, from));
        walk.markStart(commit(walk, to.isEmpty() ? Constants.HEAD : to));
        walk.sort(RevSort.TOPO, true);
        walk.sort(RevSort.REVERSE, true);
        List<RevCommit> commits = new ArrayList<>();
        for (RevCommit commit : walk) {
            if (commits.size() == COMMITS_LIMIT) {
                throw new ImportException(
                        range + ": more than " + COMMITS_LIMIT + " commits", "Name the ones that matter.");
            }
            commits.add(commit);
        }
        if (commits.isEmpty()) {
            throw new ImportException(
                    range + ": no commits in it", "The older end comes first: OLD..NEW; one commit alone is COMMIT.");
        }
        return commits;
    }

    private RevCommit commit(RevWalk walk, String name) throws IOException {
        try {
            ObjectId id = repository.resolve(name + "^{commit}");
            if (id == null) {
                throw new ImportException(
                        "there is no commit " + name + " in " + repository.getDirectory(),
                        "git log --oneline shows the commits; is the branch fetched?");
            }
            return walk.parseCommit(id);
        } catch (AmbiguousObjectException e) {
            throw new ImportException(name + " is the beginning of several commits", "Give more digits.");
        } catch (IncorrectObjectTypeException e) {
            throw new ImportException(
                    name + " is no commit, but a tree or a file", "Write a commit id, a tag, a branch, or HEAD~2.");
        } catch (IllegalArgumentException e) {
            throw new ImportException(name + ": no name of a commit", "Write a commit id, a tag, a branch, or HEAD~2.");
        }
    }

    private static void requireOneParent(RevCommit commit) {
        String name = commit.name().substring(0, 12) + " (\"" + commit.getShortMessage() + "\")";
        if (commit.getParentCount() > 1) {
            throw new ImportException(
                    name + " is a merge of " + commit.getParentCount() + " commits: it has no one diff",
                    "Name the commits that it merged: git log --no-merges --oneline "
                            + commit.name().substring(0, 12) + "^1.."
                            + commit.name().substring(0, 12));
        }
        if (commit.getParentCount() == 0) {
            throw new ImportException(
                    name + " has no parent: it is the whole tree, not a change",
                    "Name a range that begins behind it. A shallow clone ends so too: git fetch --unshallow.");
        }
    }

    private static CommitChange change(RevCommit commit, List<CommitChange.FileChange> files) {
        PersonIdent author = commit.getAuthorIdent();
        ZonedDateTime when = author.getWhenAsInstant().atZone(zone(author));
        String message = commit.getFullMessage().replace("\r\n", "\n").strip();
        Matcher blank = BLANK_LINE.matcher(message);
        int end = blank.find() ? blank.start() : -1;
        String subject = (end < 0 ? message : message.substring(0, end)).replaceAll("\\s*\n\\s*", " ");
        if (files.isEmpty()) {
            throw new ImportException(
                    commit.name().substring(0, 12) + " (\"" + subject + "\") changes no file", "Leave it out.");
        }
        return new CommitChange(
                commit.name(),
                author.getName().replaceAll("[<>\n]", "") + " <"
                        + author.getEmailAddress().replaceAll("[<>\\s]", "") + ">",
                MAIL_DATE.format(when),
                subject,
                end < 0 ? "" : withoutBlankLines(message.substring(end)),
                files);
    }

    /** Without those at the beginning; how far the first other one is indented stays. */
    private static String withoutBlankLines(String text) {
        int at = 0;
        for (int end = text.indexOf('\n');
                end >= 0 && text.substring(at, end).isBlank();
                end = text.indexOf('\n', at)) {
            at = end + 1;
        }
        return text.substring(at);
    }

    private static ZoneId zone(PersonIdent author) {
        return Optional.ofNullable(author.getZoneId()).orElse(ZoneId.of("UTC"));
    }

    /** A text of git's, each character a byte. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        repository.close();
    }
}
