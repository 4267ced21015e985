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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.build.SourceMissingException;
import org.patchproof.process.Command;
import org.patchproof.process.CommandException;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/**
 * Takes some files out of a kernel's tarball in one pass, with the tools that rpmbuild would use; xz on
 * all processors, where it can. The pass ends as soon as all files are there; {@link SeekingPick} may save it. A file of which the
 * tarball has two versions is taken in its first, as nobody packs kernels so.
 */
final class TarballPick {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** In KiB, for bash's ulimit -f: no source file of a kernel comes near. */
    private static final String LARGEST_FILE = "65536";

    private static final Pattern ROOT = Pattern.compile("(?:\\./)?[A-Za-z0-9][A-Za-z0-9._+-]*/");
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
        Path list = scratch.resolve("list");
        Path out = Files.createDirectory(scratch.resolve("out"));
        Files.write(list, paths.stream().map(p -> root + p).toList(), StandardCharsets.ISO_8859_1);
        Complaints complaints = new Complaints();
        CommandResult result = runner.run(Command.of(argv(list, out)).within(PATIENCE), complaints::hear);
        if (result.ending() != CommandResult.Ending.EXITED) {
            throw new CommandException(result);
        }
        if (!result.ok() && complaints.others > 0) {
            throw damaged(result);
        }
        Map<String, byte[]> contents = new TreeMap<>();
        Map<String, String> unfit = new HashMap<>();
        for (String path : paths) {
            Path file = out.resolve(root).resolve(path);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                contents.put(path, Files.readAllBytes(file));
            } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                unfit.put(path, Files.isSymbolicLink(file) ? "is a symbolic link" : "is no regular file");
            } else if (!complaints.absent.contains(root + path)) {
                throw damaged(result);
            }
        }
        return new Picked(contents, unfit);
    }

    /** What tar said: files that are not there are no trouble, all else is. */
    private static final class Complaints {
        private final Set<String> absent = new HashSet<>();
        private int others;

        void hear(String line) {
            Matcher m = ABSENT.matcher(line);
            if (m.matches()) {
                absent.add(m.group(1));
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
        argv.addAll(List.of("--no-recursion", "--occurrence=1", "--no-same-owner", "--no-same-permissions"));
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
