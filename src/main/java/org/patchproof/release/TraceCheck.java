package org.patchproof.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for what the instrumentation would have left: in every file of a built tree, so in the sources, in
 * the symbols (System.map, vmlinux), in the strings of the decompressed image (vmlinux) and of each module,
 * where a sysctl's name is one.
 */
public final class TraceCheck {
    private static final int CHUNK = 4 << 20;
    private static final int LONGEST_WORD = 64;
    private static final int SHOWN = 12;

    private TraceCheck() {}

    /**
     * What was looked through.
     *
     * @param files how many files
     * @param bytes in all
     * @param hits {@code FILE: WORD}; at most a dozen
     */
    public record Result(long files, long bytes, List<String> hits) {
        public Result {
            hits = List.copyOf(hits);
        }
    }

    /** Looks for {@code words} in all regular files below {@code root}. No link is followed. */
    public static Result look(Path root, List<String> words) throws IOException {
        long files = 0;
        long bytes = 0;
        List<String> hits = new ArrayList<>();
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        for (Path file : all) {
            files++;
            bytes += Files.size(file);
            for (String word : found(file, words)) {
                if (hits.size() < SHOWN) {
                    hits.add(root.relativize(file) + ": " + word);
                }
            }
        }
        return new Result(files, bytes, hits);
    }

    /** Those of {@code words} that {@code file} holds. Pieces overlap, so that no border hides a word. */
    static List<String> found(Path file, List<String> words) throws IOException {
        List<String> open = new ArrayList<>(words);
        List<String> found = new ArrayList<>();
        byte[] chunk = new byte[CHUNK];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            while (!open.isEmpty()) {
                int read = in.readNBytes(chunk, kept, chunk.length - kept);
                if (read == 0) {
                    break;
                }
                int length = kept + read;
                String text = new String(chunk, 0, length, StandardCharsets.ISO_8859_1);
                open.removeIf(word -> text.contains(word) && found.add(word));
                kept = Math.min(LONGEST_WORD, length);
                System.arraycopy(chunk, length - kept, chunk, 0, kept);
            }
        }
        return found;
    }
}
