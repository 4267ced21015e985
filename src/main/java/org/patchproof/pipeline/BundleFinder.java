package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds bundles: a directory that is one, or directories that hold some. Follows no link below them. */
final class BundleFinder {
    /** {@code runs/<id>}, or {@code <agent>/runs/<id>}, and some room. */
    private static final int DEPTH = 4;

    /** More than any night makes; a mistyped {@code /} ends here. */
    private static final int MOST = 20_000;

    private BundleFinder() {}

    /**
     * The bundles in {@code places}, each once, by path.
     *
     * @throws WrongRequestException when a place is not there, or is no directory, or none holds a bundle
     */
    static List<Path> find(List<Path> places) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        for (Path place : places) {
            if (!Files.isDirectory(place)) {
                throw new WrongRequestException(
                        place + ": no such directory", "Name a bundle, or a directory that holds bundles: runs/.");
            }
            collect(place.toRealPath(), DEPTH, found);
        }
        if (found.isEmpty()) {
            throw new WrongRequestException(
                    "there is no bundle (a directory with a run.json) in " + joined(places),
                    "Name a directory under runs/ that an earlier verify made, or runs/ itself.");
        }
        return new ArrayList<>(found);
    }

    private static void collect(Path directory, int depth, TreeSet<Path> found) throws IOException {
        if (Files.isRegularFile(directory.resolve(Bundle.RECORD))) {
            found.add(directory);
            if (found.size() > MOST) {
                throw new WrongRequestException("there are more than " + MOST + " bundles", "Name fewer at once.");
            }
            return;
        }
        if (depth == 0) {
            return;
        }
        List<Path> below;
        try (Stream<Path> entries = Files.list(directory)) {
            below = entries.filter(entry -> Files.isDirectory(entry, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
        for (Path next : below) {
            collect(next, depth - 1, found);
        }
    }

    private static String joined(List<Path> places) {
        return String.join(", ", places.stream().map(Path::toString).toList());
    }
}
