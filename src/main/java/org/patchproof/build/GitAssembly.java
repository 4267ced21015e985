package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.plan.GitSource;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.srpm.RpmPackage;

/** Wraps a commit of a kernel's git repository as a source RPM. What is not committed is not in it. */
final class GitAssembly {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern VARIABLE =
            Pattern.compile("(VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION) *= *([A-Za-z0-9.+~-]{0,64})");
    private static final int SHORT = 12;

    private final CommandRunner runner;
    private final SourceWrapping wrapping;

    GitAssembly(CommandRunner runner, SourceWrapping wrapping) {
        this.runner = runner;
        this.wrapping = wrapping;
    }

    AssembledSource assemble(GitSource source, Path log) throws IOException {
        String commit = commit(source);
        Map<String, String> makefile = makefile(source, commit);
        String version = makefile.get("VERSION") + "." + makefile.get("PATCHLEVEL") + "."
                + makefile.getOrDefault("SUBLEVEL", "0");
        String root = "linux-" + version + "-" + commit.substring(0, SHORT);
        Map<String, String> values = new TreeMap<>();
        values.put("VERSION", version);
        values.put("RELEASE", release(makefile.getOrDefault("EXTRAVERSION", ""), commit));
        values.put("TARBALL", root + ".tar.gz");
        values.put("TARBALLROOT", root);
        String spec =
                SpecTemplate.fill(Files.readString(source.packagingDirectory().resolve(SourceWrapping.SPEC)), values);
        RpmPackage rpm = wrapping.wrap(
                spec,
                commit,
                source.packagingDirectory(),
                sources -> archive(source, commit, root, sources.resolve(root + ".tar.gz"), log),
                log);
        return new AssembledSource(
                rpm.file(),
                rpm.sha256(),
                rpm.nevra().toString(),
                "commit " + commit + " (" + source.ref() + " of " + source.repository()
                        + "), wrapped by rpmbuild -bs with "
                        + source.packagingDirectory().getFileName() + "/kernel.spec",
                Optional.of(madeOf(commit)));
    }

    /** What {@code source} is now, in words. */
    String madeOf(GitSource source) {
        return madeOf(commit(source));
    }

    private static String madeOf(String commit) {
        return "commit " + commit;
    }

    /**
     * The commit that the source's ref names now.
     *
     * @throws SourceMissingException when there is no such repository or no such commit
     */
    String commit(GitSource source) {
        if (!Files.isDirectory(source.repository())) {
            throw new SourceMissingException(
                    "there is no git repository " + source.repository(),
                    "Clone the kernel there, or correct 'repository:' in the kernel's YAML.");
        }
        CommandResult found = git(source, "rev-parse", "--verify", "--end-of-options", source.ref() + "^{commit}");
        String commit = found.output().strip();
        if (!found.ok() || !COMMIT.matcher(commit).matches()) {
            throw new SourceMissingException(
                    source.repository() + " has no commit " + source.ref() + ": "
                            + commit.lines().findFirst().orElse("git says nothing"),
                    "git -C " + source.repository() + " log --oneline shows the commits. Is the branch fetched?");
        }
        return commit;
    }

    private Map<String, String> makefile(GitSource source, String commit) {
        Map<String, String> variables = new HashMap<>();
        for (String line : git(source, "show", commit + ":Makefile").output().split("\n")) {
            Matcher m = VARIABLE.matcher(line.strip());
            if (m.matches()) {
                variables.putIfAbsent(m.group(1), m.group(2));
            }
        }
        boolean kernel = variables.getOrDefault("VERSION", "").matches("\\d+")
                && variables.getOrDefault("PATCHLEVEL", "").matches("\\d+")
                && variables.getOrDefault("SUBLEVEL", "0").matches("\\d+");
        if (!kernel) {
            throw new SourceMissingException(
                    source.ref() + " of " + source.repository() + " is no kernel: its Makefile has no VERSION and"
                            + " PATCHLEVEL",
                    "Name a repository and a branch of the kernel.");
        }
        return variables;
    }

    /** {@code 0.rc3.git1234567890ab}: below any release of a vendor's, and no two commits have the same. */
    private static String release(String extra, String commit) {
        String word = extra.replaceAll("[^A-Za-z0-9]+", "");
        return "0." + (word.isEmpty() ? "" : word + ".") + "git" + commit.substring(0, SHORT);
    }

    private void archive(GitSource source, String commit, String root, Path tarball, Path log) {
        // The fastest compression: the tarball is read once or twice, and kept in a cache.
        CommandResult result = git(
                source,
                log,
                "-c",
                "tar.tar.gz.command=gzip -cn1",
                "archive",
                "--format=tar.gz",
                "--prefix=" + root + "/",
                "--output=" + tarball,
                commit);
        if (!result.ok()) {
            throw BuildTroubles.of(result, "packing the commit", PATIENCE.toString());
        }
    }

    private CommandResult git(GitSource source, String... words) {
        return runner.run(Command.of(argv(source, words)));
    }

    private CommandResult git(GitSource source, Path log, String... words) {
        return runner.run(Command.of(argv(source, words)).within(PATIENCE).loggingTo(log));
    }

    private static List<String> argv(GitSource source, String... words) {
        List<String> argv =
                new ArrayList<>(List.of("git", "-C", source.repository().toString()));
        argv.addAll(List.of(words));
        return argv;
    }
}
