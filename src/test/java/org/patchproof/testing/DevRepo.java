package org.patchproof.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.revwalk.RevCommit;

/** A developer's repository. */
public final class DevRepo implements AutoCloseable {
    private static final PersonIdent AUTHOR = new PersonIdent(
            "J\u00fcrgen Developer", "j@example.org", Instant.parse("2026-03-03T09:00:00Z"), ZoneId.of("+01:00"));

    private final Path home;
    private final Git git;

    private DevRepo(Path home, Git git) {
        this.home = home;
        this.git = git;
    }

    /** An empty one. */
    public static DevRepo at(Path home) throws GitAPIException {
        return new DevRepo(
                home,
                Git.init().setDirectory(home.toFile()).setInitialBranch("main").call());
    }

    public Path home() {
        return home;
    }

    public DevRepo write(String path, String content) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    public DevRepo edit(String path, String what, String by) throws IOException {
        StubKernel.edit(home.resolve(path), what, by);
        return this;
    }

    /** Commits all that is in the work tree; the commit's id. */
    public String commit(String message) throws GitAPIException {
        return commit(message, AUTHOR.getName());
    }

    /** The same, written by another person. */
    public String commit(String message, String author) throws GitAPIException {
        git.add().addFilepattern(".").call();
        git.add().setUpdate(true).addFilepattern(".").call();
        RevCommit commit = git.commit()
                .setMessage(message.endsWith("\n") ? message : message + "\n")
                .setAuthor(new PersonIdent(
                        author, AUTHOR.getEmailAddress(), AUTHOR.getWhenAsInstant(), AUTHOR.getZoneId()))
                .setCommitter(AUTHOR)
                .setSign(false)
                .call();
        return commit.name();
    }

    /** Writes a setting of the repository. */
    public DevRepo config(String section, String subsection, String name, String value) throws IOException {
        git.getRepository().getConfig().setString(section, subsection, name, value);
        git.getRepository().getConfig().save();
        return this;
    }

    public DevRepo branch(String name, String from) throws GitAPIException {
        git.checkout().setName(name).setCreateBranch(true).setStartPoint(from).call();
        return this;
    }

    public DevRepo checkout(String name) throws GitAPIException {
        git.checkout().setName(name).call();
        return this;
    }

    /** Merges a branch, with a merge commit; its id. */
    public String merge(String branch) throws GitAPIException, IOException {
        return git.merge()
                .include(git.getRepository().resolve(branch))
                .setStrategy(MergeStrategy.RECURSIVE)
                .setFastForward(org.eclipse.jgit.api.MergeCommand.FastForwardMode.NO_FF)
                .setMessage("Merge " + branch)
                .call()
                .getNewHead()
                .name();
    }

    @Override
    public void close() {
        git.close();
    }
}
