package org.patchproof.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.build.SourceMissingException;
import org.patchproof.process.Command;
import org.patchproof.process.CommandException;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/**
 * Takes some files out of a kernel's tarball in one pass, with the tools that rpmbuild would use; xz on
 * all processors, where it can; {@link SeekingPick} may save it. A file of which the tarball has two versions is taken in
 * its last, as tar does; a hard link is followed, a symbolic one never.
 */
final class TarballPick {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** In KiB, for bash's ulimit -f: no source file of a kernel comes near. */
    private static final String LARGEST_FILE = "65536";

    private static final Pattern ROOT = Pattern.compile("(?:\\./)?[A-Za-z0-9][A-Za-z0-9._+-]*/");
    private static final Pattern HARD_LINK =
            Pattern.compile("tar: (.+): Cannot hard link to \\W(.+?)\\W: No such file or directory");
    private static final Pattern ABSENT = Pattern.compile("tar: (.+): Not found in archive");

    private final CommandRunner runner;
    private final Path tarball;

    TarballPick(CommandRunner runner, Path tarball) {
        this.runner = runner;
        this.tarball = tarball;
    }

    /** What the tarball has of some paths: contents, and what is no regular file, with why. */
    record Picked(Map<String, byte[]> contents, Map<String, String> unfit) {}

    /**
     * Takes {@code paths}, which are relative to the tarball's one directory.
     *
     * @param scratch an empty directory
     * @throws SourceMissingException when it is no tarball of one directory, or is damaged
     */
    Picked pick(SortedSet<String> paths, Path scratch) throws IOException {
        String root = root();
        Optional<Map<String, byte[]>> sought = SeekingPick.find(tarball, root, paths);
        if (sought.isPresent()) {
            return new Picked(sought.get(), Map.of());
        }
        Pass pass = pass(root, paths, scratch, Set.of());
        if (!pass.complaints().linked.isEmpty()) {
            Path again = Files.createDirectory(scratch.resolve("again"));
            pass = pass(root, paths, again, pass.complaints().linked);
        }
        return picked(root, paths, pass);
    }

    /** One pass over the tarball: where files were put, and what tar said. */
    private record Pass(Path out, Complaints complaints, CommandResult result) {}

    private Pass pass(String root, SortedSet<String> paths, Path scratch, Set<String> linked) throws IOException {
        Path list = scratch.resolve("list");
        Path out = Files.createDirectory(scratch.resolve("out"));
        Set<String> members = new TreeSet<>(linked);
        for (String path : paths) {
            // With the folders above it, one of which may be a link.
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                members.add(root + path.substring(0, slash));
            }
            members.add(root + path);
        }
        Files.write(list, members, StandardCharsets.ISO_8859_1);
        Complaints complaints = new Complaints();
        CommandResult result = runner.run(Command.of(argv(list, out)).within(PATIENCE), complaints::hear);
        if (result.ending() != CommandResult.Ending.EXITED) {
            throw new CommandException(result);
        }
        boolean hopeless = !linked.isEmpty() && !complaints.linked.isEmpty();
        if (!result.ok() && (complaints.others > 0 || hopeless)) {
            throw damaged(result);
        }
        return new Pass(out, complaints, result);
    }

    private Picked picked(String root, SortedSet<String> paths, Pass pass) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        Map<String, String> unfit = new HashMap<>();
        for (String path : paths) {
            Path file = pass.out().resolve(root).resolve(path);
            Optional<String> link = linkAbove(pass.out().resolve(root), path);
            if (link.isPresent()) {
                unfit.put(path, "is behind " + link.get() + ", which is a symbolic link");
            } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                contents.put(path, Files.readAllBytes(file));
            } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                unfit.put(path, Files.isSymbolicLink(file) ? "is a symbolic link" : "is no regular file");
            } else if (!pass.complaints().absent.contains(root + path)) {
                throw damaged(pass.result());
            }
        }
        return new Picked(contents, unfit);
    }

    private static Optional<String> linkAbove(Path top, String path) {
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            if (Files.isSymbolicLink(top.resolve(folder))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** What tar said: files that are not there are no trouble, all else is. */
    private static final class Complaints {
        private final Set<String> absent = new HashSet<>();
        /** What hard links lead to. */
        private final Set<String> linked = new HashSet<>();

        private int others;

        void hear(String line) {
            Matcher m = ABSENT.matcher(line);
            Matcher link = HARD_LINK.matcher(line);
            if (m.matches()) {
                absent.add(m.group(1));
            } else if (link.matches()) {
                linked.add(link.group(2));
            } else if (!line.equals("tar: Exiting with failure status due to previous errors")) {
                others++;
            }
        }
    }

    private SourceMissingException damaged(CommandResult result) {
        return new SourceMissingException(
                tarball.getFileName() + " cannot be unpacked: "
                        + result.output().lines().findFirst().orElse(result.reason()),
                "Is the source package whole, and are tar and the tool for its compression installed?"
                        + " ./patchproof doctor says.");
    }

    private List<String> argv(Path list, Path out) {
        List<String> argv = new ArrayList<>(
                List.of("bash", "-c", "ulimit -f " + LARGEST_FILE + " && exec tar \"$@\"", "tar", "--extract"));
        argv.addAll(List.of("--file", tarball.toString(), "--directory", out.toString()));
        argv.addAll(List.of("--no-recursion", "--no-same-owner", "--no-same-permissions"));
        decompressor().forEach(tool -> argv.add("--use-compress-program=" + tool));
        argv.addAll(List.of("--no-wildcards", "--verbatim-files-from", "--files-from", list.toString()));
        return argv;
    }

    /** The tool, unless tar needs none. */
    private List<String> decompressor() {
        String name = tarball.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith("xz") || name.endsWith(".lzma")) {
            return List.of("xz -T0");
        } else if (name.endsWith(".zst")) {
            return List.of("zstd");
        } else if (name.endsWith("gz")) {
            return List.of("gzip");
        } else if (name.endsWith("bz2")) {
            return List.of("bzip2");
        }
        return List.of();
    }

    /** The tarball's one directory. Reading the first members does not decompress the rest. */
    private String root() {
        String listing = runner.run(
                        Command.of("bash", "-c", "tar -tf \"$0\" 2>/dev/null | head -n 2", tarball.toString()))
                .orThrow()
                .output();
        for (String line : listing.split("\n")) {
            Matcher m = ROOT.matcher(line);
            if (!line.equals("./") && m.lookingAt()) {
                return m.group();
            }
        }
        throw new SourceMissingException(
                tarball.getFileName() + " begins with '"
                        + listing.lines().findFirst().orElse("") + "'",
                "A kernel tarball begins with one directory; is this one whole?");
    }
}
