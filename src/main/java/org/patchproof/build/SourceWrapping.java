package org.patchproof.build;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.srpm.RpmFile;
import org.patchproof.srpm.RpmFormatException;
import org.patchproof.srpm.RpmPackage;

/**
 * Wraps a kernel tarball as a source RPM: rpmbuild -bs with a packaging folder's spec. Kept under the
 * digest of all that went in; a half-made or damaged one is made anew.
 */
final class SourceWrapping {
    static final String SPEC = "kernel.spec";

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final String SEAL = "sealed";

    private final CommandRunner runner;
    private final Path cache;

    SourceWrapping(CommandRunner runner, Path cache) {
        this.runner = runner;
        this.cache = cache;
    }

    /** Puts the tarball into a SOURCES folder. */
    interface Tarball {
        void putInto(Path sources) throws IOException;
    }

    /**
     * The source RPM, made now or before.
     *
     * @param spec the spec, its names filled in
     * @param identity what decides the tarball's content, whole: a digest, a commit
     * @param packaging the folder with the spec's other sources
     * @param tarball is asked only when there is something to make
     */
    RpmPackage wrap(String spec, String identity, Path packaging, Tarball tarball, Path log) throws IOException {
        Path home = cache.resolve(key(spec, identity, packaging));
        return once(spec, packaging, tarball, home, log);
    }

    /** Two processes that want the same package make it once: the second waits. */
    private synchronized RpmPackage once(String spec, Path packaging, Tarball tarball, Path home, Path log)
            throws IOException {
        Files.createDirectories(cache);
        Path lock = cache.resolve(home.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel closes
            Optional<RpmPackage> ready = sealed(home);
            return ready.isPresent() ? ready.get() : make(spec, packaging, tarball, home, log);
        }
    }

    private static String key(String spec, String identity, Path packaging) throws IOException {
        List<String> parts = new ArrayList<>(List.of(spec, identity));
        for (Path file : others(packaging)) {
            parts.add(file.getFileName() + " " + FileDigest.sha256(file));
        }
        return FileDigest.sha256(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> others(Path packaging) throws IOException {
        try (Stream<Path> files = Files.list(packaging)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(SPEC))
                    .sorted()
                    .toList();
        }
    }

    /** Read once, for its digest and for what it says of itself: such a package is large. */
    private static Optional<RpmPackage> sealed(Path home) throws IOException {
        Path seal = home.resolve(SEAL);
        if (!Files.isRegularFile(seal)) {
            return Optional.empty();
        }
        String[] words = Files.readString(seal).strip().split(" ", 2);
        Path srpm = home.resolve(words.length == 2 ? words[1] : "none");
        if (!Files.isRegularFile(srpm)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RpmFile.read(srpm)).filter(rpm -> rpm.sha256().equals(words[0]));
        } catch (RpmFormatException e) {
            return Optional.empty();
        }
    }

    private RpmPackage make(String spec, Path packaging, Tarball tarball, Path home, Path log) throws IOException {
        Path part = home.resolveSibling(home.getFileName() + ".part");
        Trees.delete(part);
        Trees.delete(home);
        Path topdir = part.resolve("topdir");
        try {
            Topdirs.create(topdir);
            Path sources = topdir.resolve("SOURCES");
            Path specFile = Files.writeString(topdir.resolve("SPECS").resolve(SPEC), spec);
            tarball.putInto(sources);
            List<Path> ours = new ArrayList<>(List.of(specFile));
            for (Path file : others(packaging)) {
                ours.add(Files.copy(file, sources.resolve(file.getFileName())));
            }
            ours.add(Files.writeString(sources.resolve("linux-kernel-test.patch"), ""));
            Optional<Instant> date = SourceDate.ofChangelog(spec);
            for (Path file : date.isPresent() ? ours : List.<Path>of()) {
                Files.setLastModifiedTime(file, FileTime.from(date.get()));
            }
            // The tarball is compressed already: storing it is quicker for us and for every reader.
            // The header has the spec as rpm expanded it, with paths.
            Topdir seen = new PlainTopdir(topdir, BuildPlace.find(runner, topdir));
            Command wrap = Command.of(
                            "rpmbuild",
                            "-bs",
                            "--nodeps",
                            "--define",
                            "_topdir " + seen.seen(),
                            "--define",
                            "_source_payload w.ufdio",
                            "--define",
                            "_buildhost " + RpmbuildCommand.BUILDER,
                            "--define",
                            "use_source_date_epoch_as_buildtime 1",
                            seen.seen().resolve("SPECS").resolve(SPEC).toString())
                    .within(PATIENCE)
                    .loggingTo(log);
            // The same package on every host: its digest is the first thing that all that is built of it depends on.
            CommandResult result = runner.run(seen.enter(
                    date.map(made -> wrap.with("SOURCE_DATE_EPOCH", Long.toString(made.getEpochSecond())))
                            .orElse(wrap)));
            if (!result.ok()) {
                throw BuildTroubles.of(result, "making the source package", PATIENCE.toString());
            }
            Path made = Topdirs.only(topdir.resolve("SRPMS"), ".src.rpm");
            Path kept = part.resolve(made.getFileName());
            Files.move(made, kept);
            Trees.delete(topdir);
            RpmPackage rpm = RpmFile.read(kept);
            Files.writeString(part.resolve(SEAL), rpm.sha256() + " " + kept.getFileName() + "\n");
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
            return rpm.at(home.resolve(kept.getFileName()));
        } finally {
            Trees.delete(part);
        }
    }
}
