package org.patchproof.patch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.patchproof.files.Belongings;

/**
 * A scratch directory: {@code tree/} with copies of some files of a source tree, {@code patches/}
 * with patches. Removed on close. The source tree is only read.
 */
final class ScratchTree implements AutoCloseable {
    private static final long FILE_LIMIT = 256L << 20;

    private final Path root;
    private final SortedSet<String> paths;

    private ScratchTree(Path root, SortedSet<String> paths) {
        this.root = root;
        this.paths = paths;
    }

    /**
     * Copies those of {@code paths} that {@code tree} has.
     *
     * @throws UnfitTreeException when one of them is no regular file inside the tree
     */
    static ScratchTree copy(Path tree, SortedSet<String> paths) throws IOException {
        if (!Files.isDirectory(tree)) {
            throw new IOException(tree + ": no such directory; give the prepared source tree");
        }
        ScratchTree scratch = new ScratchTree(Belongings.ours().scratch(), paths);
        try {
            Files.createDirectories(scratch.tree());
            Files.createDirectories(scratch.root.resolve("patches"));
            for (String path : paths) {
                scratch.copyOne(tree, path);
            }
            return scratch;
        } catch (IOException | RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    /**
     * As {@link #copy}, from files that are at hand already.
     *
     * @throws UnfitTreeException when one of {@code paths} is known to be no regular file
     */
    static ScratchTree of(TreeFiles files, SortedSet<String> paths) throws IOException {
        ScratchTree scratch = new ScratchTree(Belongings.ours().scratch(), paths);
        try {
            Files.createDirectories(scratch.tree());
            Files.createDirectories(scratch.root.resolve("patches"));
            for (String path : paths) {
                Optional<String> unfit = Optional.ofNullable(files.unfit().get(path));
                if (unfit.isPresent()) {
                    throw new UnfitTreeException(path, path + " " + unfit.get());
                }
                Optional<String> content = files.content(path);
                if (content.isPresent()) {
                    scratch.put(path, content.get().getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            return scratch;
        } catch (IOException | RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    private void copyOne(Path tree, String path) throws IOException {
        if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException(path + ": give a path inside the tree");
        }
        Path source = tree;
        for (String part : path.split("/")) {
            source = source.resolve(part);
            if (Files.isSymbolicLink(source)) {
                throw new UnfitTreeException(path, source + " is a symbolic link: patch tools do not follow it");
            }
        }
        if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnfitTreeException(path, source + " is no regular file");
        }
        if (Files.size(source) > FILE_LIMIT) {
            throw new UnfitTreeException(path, source + " is larger than 256 MiB");
        }
        put(path, Files.readAllBytes(source));
    }

    /** Another directory for the same paths, with the files of {@code state}. */
    ScratchTree twin(Map<String, String> state) throws IOException {
        return of(TreeFiles.of(state), paths);
    }

    Path root() {
        return root;
    }

    Path tree() {
        return root.resolve("tree");
    }

    /** Writes a patch; returns its path relative to {@link #tree()}. */
    String writePatch(Patch patch) throws IOException {
        Files.write(root.resolve("patches").resolve(patch.name()), patch.bytes(PatchStyle.PLAIN));
        return "../patches/" + patch.name();
    }

    /** All files as they are now; a missing one is not in the map. Each character is one byte. */
    Map<String, String> state() throws IOException {
        Map<String, String> state = new TreeMap<>();
        for (String path : paths) {
            Path file = tree().resolve(path);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                state.put(path, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return state;
    }

    /** Makes the tree what it was, and nothing more: rejects and other left-overs go. */
    void restore(Map<String, String> state) throws IOException {
        deleteTree(tree());
        Files.createDirectories(tree());
        for (Map.Entry<String, String> file : state.entrySet()) {
            put(file.getKey(), file.getValue().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void put(String path, byte[] bytes) throws IOException {
        Path target = tree().resolve(path);
        Files.createDirectories(target.getParent());
        Files.write(target, bytes);
    }

    /** The lines of a file, without their newlines; empty when it is not there. */
    static List<String> lines(Optional<String> content) {
        List<String> lines = new ArrayList<>();
        content.ifPresent(text -> lines.addAll(List.of(text.split("\n", -1))));
        if (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    /** The lines around {@code from} to {@code from + count}, numbered; for a person, hence UTF-8. */
    static List<String> excerpt(Optional<String> content, int from, int count) {
        List<String> lines = lines(content);
        List<String> some = new ArrayList<>();
        int first = Math.max(1, Math.min(from, lines.size()) - 3);
        int last = Math.min(lines.size(), first + Math.min(count, 60) + 5);
        for (int i = first; i <= last; i++) {
            byte[] bytes = lines.get(i - 1).getBytes(StandardCharsets.ISO_8859_1);
            some.add(i + ": " + new String(bytes, StandardCharsets.UTF_8));
        }
        return some;
    }

    @Override
    public void close() {
        try {
            deleteTree(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the scratch directory " + root, e);
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
