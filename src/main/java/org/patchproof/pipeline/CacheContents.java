package org.patchproof.pipeline;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.build.BaseStore;
import org.patchproof.pipeline.CacheItem.Kind;

/** Looks at what is in a cache. Only reads. */
final class CacheContents {
    /** A thing of a cache has a digest for a name, but for what was fetched. */
    private static final String DIGEST = "[0-9a-f]{64}";

    private static final String PART = "(?:\\.part-.*|.*\\.part)";

    private CacheContents() {}

    /** All that is there, what was unused longest first. */
    static List<CacheItem> of(Path cache) throws IOException {
        List<CacheItem> items = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Path folder = cache.resolve(kind.folder());
            if (kind == Kind.CHECK && Files.isDirectory(folder)) {
                items.add(item(kind, folder, "files of kernels' sources"));
            } else if (kind != Kind.LEFT_OVER && Files.isDirectory(folder)) {
                for (Path path : entries(folder)) {
                    add(items, kind, path);
                }
            }
        }
        items.sort(Comparator.comparing(CacheItem::lastUsed));
        return items;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private static void add(List<CacheItem> items, Kind kind, Path path) throws IOException {
        String name = path.getFileName().toString();
        if (name.matches(PART)) {
            items.add(item(Kind.LEFT_OVER, path, "half made, in " + kind.folder()));
        } else if (kind == Kind.SRPM && name.endsWith(".rpm")) {
            items.add(item(kind, path, name));
        } else if (name.matches(DIGEST) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            items.add(item(kind, path, words(kind, path)));
        }
    }

    private static String words(Kind kind, Path path) throws IOException {
        String brief = path.getFileName().toString().substring(0, 12);
        return switch (kind) {
            case TREE -> "built tree of " + BaseStore.variant(path).orElse("a damaged base") + ", " + brief;
            case PACKAGES -> packages(path).orElse("damaged packages, " + brief);
            case SOURCE ->
                entries(path).stream()
                        .map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".rpm"))
                        .findFirst()
                        .orElse("a damaged package, " + brief);
            case IMAGE -> named(path).orElse("nothing, " + brief);
            case ROOT -> "build root " + brief;
            case TEST -> "of this project's tests: " + named(path).orElse("half made, " + brief);
            default -> brief;
        };
    }

    /** What is in it, for a person: the first file that is neither a log nor a lock. */
    private static Optional<String> named(Path path) throws IOException {
        return entries(path).stream()
                .map(file -> file.getFileName().toString())
                .filter(file -> !file.equals("log") && !file.equals("lock"))
                .findFirst();
    }

    private static Optional<String> packages(Path path) throws IOException {
        try {
            return PackageCache.read(path)
                    .map(entry -> entry.build().nevra()
                            + entry.build()
                                    .made()
                                    .map(made -> ", " + made.words())
                                    .orElse(""));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static CacheItem item(Kind kind, Path path, String words) throws IOException {
        Size size = new Size();
        Files.walkFileTree(path, size);
        Optional<FileTime> noted = switch (kind) {
            case TREE -> BaseStore.lastUsed(path);
            case PACKAGES -> PackageCache.lastUsed(path);
            default -> Optional.empty();
        };
        return new CacheItem(
                kind, path, size.bytes, noted.map(FileTime::toInstant).orElse(size.newest), words);
    }

    /** How large it is, and when a file of it was last written or read, which file systems note once a day. */
    private static final class Size extends SimpleFileVisitor<Path> {
        private long bytes;
        private Instant newest = Instant.EPOCH;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            for (FileTime time : List.of(attributes.lastModifiedTime(), attributes.lastAccessTime())) {
                newest = time.toInstant().isAfter(newest) ? time.toInstant() : newest;
            }
            return FileVisitResult.CONTINUE;
        }

        /** What went away meanwhile has no size. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
