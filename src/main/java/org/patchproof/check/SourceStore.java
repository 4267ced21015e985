package org.patchproof.check;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.patchproof.build.CacheUse;
import org.patchproof.build.SourceAssembly;
import org.patchproof.build.SourceMissingException;
import org.patchproof.files.Belongings;
import org.patchproof.files.UseLock;
import org.patchproof.patch.TreeFiles;
import org.patchproof.plan.Workspace;
import org.patchproof.process.CommandRunner;
import org.patchproof.srpm.UnpackedSource;

/**
 * The files of kernels' sources, taken out once. Kept are, under the sha256 of the source package, what
 * is in it ({@link SourceIndex}); under their own sha256 the files; and under a {@link Fingerprint} which
 * package a file on the disk is, so that a second look reads no large file at all.
 */
final class SourceStore {
    private static final ConcurrentHashMap<String, Object> BUSY = new ConcurrentHashMap<>();

    private final CommandRunner runner;
    private final SourceAssembly sources;
    private final Path home;
    private final Blobs blobs;

    SourceStore(CommandRunner runner, Workspace workspace, Path cache) {
        this.runner = runner;
        this.sources = new SourceAssembly(runner, workspace, cache);
        this.home = cache.resolve("check");
        this.blobs = new Blobs(home.resolve("blobs"));
    }

    /** Fails when the kernel's source is not here; reads none of it. */
    void require(CheckedKernel kernel) {
        sources.origin(kernel.source(), kernel.name());
    }

    /** What the store has of a kernel, with all the files that were asked for. */
    SourceFiles open(CheckedKernel kernel, SortedSet<String> paths) throws IOException {
        UseLock use = CacheUse.begin(home.getParent())
                .orElseThrow(() -> new SourceMissingException(
                        home.getParent() + " is just being pruned", "Run the same command again when that is done."));
        try (use) {
            return openLocked(kernel, paths);
        }
    }

    private SourceFiles openLocked(CheckedKernel kernel, SortedSet<String> paths) throws IOException {
        SourceAssembly.Origin origin = sources.origin(kernel.source(), kernel.name());
        String fingerprint = Fingerprint.of(origin, kernel.digest());
        Optional<SourceFiles> known = known(fingerprint, paths);
        if (known.isPresent()) {
            return known.get();
        }
        Files.createDirectories(home.resolve("known"));
        synchronized (BUSY.computeIfAbsent(home + fingerprint, key -> new Object())) {
            Path lock = home.resolve("known").resolve(fingerprint + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // until the channel closes
                Optional<SourceFiles> meanwhile = known(fingerprint, paths);
                return meanwhile.isPresent() ? meanwhile.get() : take(kernel, origin, fingerprint, paths);
            }
        }
    }

    private Optional<SourceFiles> known(String fingerprint, SortedSet<String> paths) throws IOException {
        Optional<String> sha256 = read(home.resolve("known").resolve(fingerprint))
                .map(String::strip)
                .filter(text -> text.matches(SourceIndex.SHA256));
        Optional<SourceIndex> index = sha256.isPresent() ? index(sha256.get()) : Optional.empty();
        return index.isPresent() ? collect(sha256.get(), index.get(), paths) : Optional.empty();
    }

    private Optional<SourceIndex> index(String sha256) throws IOException {
        return read(indexFile(sha256)).flatMap(SourceIndex::parse);
    }

    private Path indexFile(String sha256) {
        return home.resolve("sources").resolve(sha256);
    }

    /** The files from the store; empty when one is missing there. */
    private Optional<SourceFiles> collect(String sha256, SourceIndex index, SortedSet<String> paths)
            throws IOException {
        Map<String, String> contents = new HashMap<>();
        Map<String, String> unfit = new HashMap<>();
        for (String path : paths) {
            String what = index.files().getOrDefault(path, "");
            if (what.matches(SourceIndex.SHA256)) {
                Optional<byte[]> bytes = blobs.get(what);
                if (bytes.isEmpty()) {
                    return Optional.empty();
                }
                contents.put(path, new String(bytes.get(), StandardCharsets.ISO_8859_1));
            } else if (what.isEmpty()) {
                return Optional.empty();
            } else if (!what.equals(SourceIndex.ABSENT)) {
                unfit.put(path, what);
            }
        }
        Map<String, String> included = new HashMap<>();
        for (SourceIndex.Stored file : index.included()) {
            Optional<byte[]> bytes = blobs.get(file.sha256());
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            included.put(file.name(), new String(bytes.get(), StandardCharsets.ISO_8859_1));
        }
        Optional<byte[]> spec = blobs.get(index.spec().sha256());
        List<SourceFiles.Vendor> vendor = new ArrayList<>();
        for (SourceIndex.Vendor patch : index.vendor()) {
            if (patch.paths().stream().anyMatch(paths::contains)) {
                Optional<byte[]> bytes = blobs.get(patch.file().sha256());
                if (bytes.isEmpty()) {
                    return Optional.empty();
                }
                vendor.add(SourceFiles.Vendor.of(patch.file().name(), bytes.get()));
            }
        }
        for (PackedParts.Part part : index.packed().parts()) {
            if (paths.contains(part.path())) {
                Optional<byte[]> bytes = blobs.get(part.sha256());
                if (bytes.isEmpty()) {
                    return Optional.empty();
                }
                vendor.add(SourceFiles.Vendor.of(part.from(), part.name(), bytes.get(), part.guards()));
            }
        }
        return spec.map(bytes -> new SourceFiles(
                index.nevra(),
                sha256,
                index.spec().name(),
                new String(bytes, StandardCharsets.ISO_8859_1),
                included,
                vendor,
                index.packed().troublesByFile(),
                index.names(),
                new TreeFiles(contents, unfit)));
    }

    private SourceFiles take(
            CheckedKernel kernel, SourceAssembly.Origin origin, String fingerprint, SortedSet<String> paths)
            throws IOException {
        String before = Fingerprint.ofContent(origin);
        Path scratch = Belongings.ours().scratchIn(home);
        Blobs.Putting putting = new Blobs.Putting(blobs, scratch);
        try {
            UnpackedSource unpacked =
                    sources.unpack(kernel.source(), kernel.name(), scratch.resolve("log"), scratch.resolve("topdir"));
            SourcePackage contents = new SourcePackage(unpacked, putting);
            Optional<SourceIndex> old = index(unpacked.sha256());
            SourceIndex fresh = contents.index();
            SourceIndex index =
                    old.map(o -> fresh.with(o.files(), o.packed(), Set.of())).orElse(fresh);
            SortedSet<String> missing = new TreeSet<>(paths);
            missing.removeIf(path ->
                    index.files().containsKey(path) && !index.files().get(path).matches(SourceIndex.SHA256));
            SourceIndex whole = index.with(pick(contents.tarball(), missing, putting), contents.packed(paths), paths);
            write(scratch, indexFile(unpacked.sha256()), whole.print());
            SourceAssembly.Origin after = sources.origin(kernel.source(), kernel.name());
            if (Fingerprint.ofContent(after).equals(before)) {
                String now = Fingerprint.of(after, kernel.digest());
                write(scratch, home.resolve("known").resolve(now), unpacked.sha256() + "\n");
            }
            return collect(unpacked.sha256(), whole, paths)
                    .orElseThrow(() -> new IOException(home + ": what was just written there cannot be read"));
        } finally {
            Belongings.ours().remove(scratch);
        }
    }

    private SortedMap<String, String> pick(Path tarball, SortedSet<String> paths, Blobs.Putting putting)
            throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        if (paths.isEmpty()) {
            return found;
        }
        TarballPick.Picked picked = new TarballPick(runner, tarball)
                .pick(paths, Files.createDirectory(putting.scratch().resolve("picked")));
        for (String path : paths) {
            byte[] bytes = picked.contents().get(path);
            found.put(path, bytes != null ? putting.put(bytes) : picked.unfit().getOrDefault(path, SourceIndex.ABSENT));
        }
        return found;
    }

    private static Optional<String> read(Path file) throws IOException {
        return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private static void write(Path scratch, Path file, String text) throws IOException {
        Blobs.place(scratch, file, text.getBytes(StandardCharsets.UTF_8));
    }
}
