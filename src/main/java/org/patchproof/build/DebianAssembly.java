package org.patchproof.build;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.plan.DebianSource;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.srpm.RpmFile;
import org.patchproof.srpm.RpmPackage;

/**
 * Wraps a Debian kernel tarball as a source RPM: rpmbuild -bs with the packaging folder's spec. Kept
 * under the digest of all that went in; a half-made or damaged one is made anew.
 */
final class DebianAssembly {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** Debian's version: upstream's, a hyphen, Debian's own revision. */
    private static final Pattern VERSION = Pattern.compile("(?<version>[0-9][0-9.]*)-(?<release>[0-9A-Za-z.+~]+)");

    private static final String SPEC = "kernel.spec";
    private static final String SEAL = "sealed";

    private final CommandRunner runner;
    private final Path cache;

    DebianAssembly(CommandRunner runner, Path cache) {
        this.runner = runner;
        this.cache = cache;
    }

    AssembledSource assemble(DebianSource source, Path log) throws IOException {
        requireTarball(source);
        String spec = spec(source);
        String key = key(source, spec);
        Path home = cache.resolve(key);
        Path srpm = once(source, spec, home, log);
        RpmPackage rpm = RpmFile.read(srpm);
        return new AssembledSource(
                srpm,
                rpm.sha256(),
                rpm.nevra().toString(),
                source.packageName() + " wrapped by rpmbuild -bs with "
                        + source.packagingDirectory().getFileName() + "/kernel.spec");
    }

    /** Two processes that want the same package make it once: the second waits. */
    private synchronized Path once(DebianSource source, String spec, Path home, Path log) throws IOException {
        Files.createDirectories(cache);
        Path lock = cache.resolve(home.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel closes
            Optional<Path> ready = sealed(home);
            return ready.isPresent() ? ready.get() : make(source, spec, home, log);
        }
    }

    static void requireTarball(DebianSource source) {
        if (!Files.isRegularFile(source.tarball())) {
            throw new SourceMissingException(
                    "there is no " + source.tarball(),
                    "Run: apt-get install " + source.packageName() + " (or ./patchproof doctor --install)");
        }
    }

    private String spec(DebianSource source) throws IOException {
        String installed = runner.run(Command.of("dpkg-query", "-W", "-f", "${Version}", source.packageName()))
                .orThrow()
                .output()
                .strip();
        Matcher version = VERSION.matcher(installed);
        if (!version.matches()) {
            throw new SourceMissingException(
                    source.packageName() + " has version '" + installed + "'", "Expected is one like 6.1.192-2.");
        }
        Map<String, String> values = new TreeMap<>();
        values.put("VERSION", version.group("version"));
        values.put("RELEASE", version.group("release").replaceAll("[^A-Za-z0-9.]", "_"));
        values.put("TARBALL", source.tarball().getFileName().toString());
        values.put("TARBALLROOT", root(source.tarball()));
        return SpecTemplate.fill(Files.readString(source.packagingDirectory().resolve(SPEC)), values);
    }

    /** The tarball's first path component. Reading the first member does not decompress the rest. */
    private String root(Path tarball) {
        String first = runner.run(
                        Command.of("bash", "-c", "tar -tf \"$0\" 2>/dev/null | head -n 1", tarball.toString()))
                .orThrow()
                .output()
                .strip();
        String root = first.contains("/") ? first.substring(0, first.indexOf('/')) : first;
        if (!root.matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
            throw new SourceMissingException(
                    tarball + " begins with '" + first + "'", "A kernel tarball begins with one directory.");
        }
        return root;
    }

    private String key(DebianSource source, String spec) throws IOException {
        List<String> parts = new ArrayList<>(List.of(spec, FileDigest.sha256(source.tarball())));
        for (Path file : packaging(source)) {
            parts.add(file.getFileName() + " " + FileDigest.sha256(file));
        }
        return FileDigest.sha256(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> packaging(DebianSource source) throws IOException {
        try (Stream<Path> files = Files.list(source.packagingDirectory())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(SPEC))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Path> sealed(Path home) throws IOException {
        Path seal = home.resolve(SEAL);
        if (!Files.isRegularFile(seal)) {
            return Optional.empty();
        }
        String[] words = Files.readString(seal).strip().split(" ", 2);
        Path srpm = home.resolve(words.length == 2 ? words[1] : "none");
        return Files.isRegularFile(srpm) && FileDigest.sha256(srpm).equals(words[0])
                ? Optional.of(srpm)
                : Optional.empty();
    }

    private Path make(DebianSource source, String spec, Path home, Path log) throws IOException {
        Path part = home.resolveSibling(home.getFileName() + ".part");
        Trees.delete(part);
        Trees.delete(home);
        Path topdir = part.resolve("topdir");
        try {
            Topdirs.create(topdir);
            Path sources = topdir.resolve("SOURCES");
            Path specFile = Files.writeString(topdir.resolve("SPECS").resolve(SPEC), spec);
            linkOrCopy(source.tarball(), sources.resolve(source.tarball().getFileName()));
            for (Path file : packaging(source)) {
                Files.copy(file, sources.resolve(file.getFileName()));
            }
            Files.writeString(sources.resolve("linux-kernel-test.patch"), "");
            // The tarball is compressed already: storing it is quicker for us and for every reader.
            CommandResult result = runner.run(Command.of(
                            "rpmbuild",
                            "-bs",
                            "--nodeps",
                            "--define",
                            "_topdir " + topdir,
                            "--define",
                            "_source_payload w.ufdio",
                            "--define",
                            "_buildhost patchproof",
                            specFile.toString())
                    .within(PATIENCE)
                    .loggingTo(log));
            if (!result.ok()) {
                throw BuildTroubles.of(result, "making the source package", PATIENCE.toString());
            }
            Path made = Topdirs.only(topdir.resolve("SRPMS"), ".src.rpm");
            Path kept = part.resolve(made.getFileName());
            Files.move(made, kept);
            Trees.delete(topdir);
            Files.writeString(part.resolve(SEAL), FileDigest.sha256(kept) + " " + kept.getFileName() + "\n");
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
            return home.resolve(kept.getFileName());
        } finally {
            Trees.delete(part);
        }
    }

    private static void linkOrCopy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }
}
