package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.release.RefusedException;

/**
 * Trials in a customer's machine that refused these packages, with their consoles. What shows in one trial of four must
 * not be forgotten in the next: packages that were refused once are not tried until they pass.
 */
final class RefusedTrials {
    /** Of what the released kernel itself did: no other guest, key or script makes up for that. */
    static final String ANYHOW = "anyhow";

    private static final String WHY = "why.txt";

    private final List<Path> homes;

    private RefusedTrials(List<Path> homes) {
        this.homes = homes;
    }

    /**
     * @param places that outlive each trial; what one of them remembers counts
     * @param packages unsigned
     */
    static RefusedTrials of(List<Path> places, List<Path> packages) throws IOException {
        List<String> digests = new ArrayList<>();
        for (Path rpm : packages) {
            digests.add(rpm.getFileName() + " " + FileDigest.sha256(rpm));
        }
        String all = String.join("\n", digests.stream().sorted().toList());
        String name = FileDigest.sha256(all.getBytes(StandardCharsets.UTF_8));
        return new RefusedTrials(
                places.stream().map(place -> place.resolve(name)).toList());
    }

    /**
     * Keeps it, in every place.
     *
     * @param conditions under which they are refused from now on: a digest, or {@link #ANYHOW}
     * @return where the consoles are kept, in the first
     */
    Path remember(String words, String conditions, Path consoles) throws IOException {
        for (Path home : homes) {
            keep(home.resolve(conditions), words, consoles);
        }
        return homes.get(0).resolve(conditions);
    }

    private static void keep(Path folder, String words, Path consoles) throws IOException {
        Trees.delete(folder);
        Trees.link(consoles, folder);
        Path part = Files.writeString(folder.resolve("." + WHY + ".part"), words);
        Files.move(part, folder.resolve(WHY), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * @throws RefusedException when they were refused under these {@code conditions}
     */
    void requireNone(String conditions) throws IOException {
        for (Path home : homes) {
            Optional<String> why = why(home.resolve(conditions));
            if (why.isPresent()) {
                throw refusal(
                        "tried as a customer would, these packages were refused before: " + why.get(),
                        home.resolve(conditions));
            }
        }
    }

    /** For who sees it now, and for who tries again. */
    static RefusedException refusal(String what, Path consoles) {
        return new RefusedException(
                what,
                "See the consoles in " + consoles + ". What was built is kept, and these packages stay refused: mend"
                        + " what they show, prove it, and release that."
                        + " To release them all the same: --without-customer-trial REASON.");
    }

    /** Why they were refused, each in a line; empty when they never were. */
    List<String> all() throws IOException {
        Set<String> all = new LinkedHashSet<>();
        for (Path home : homes) {
            for (Path folder : folders(home)) {
                why(folder).flatMap(why -> why.lines().findFirst()).ifPresent(all::add);
            }
        }
        return List.copyOf(all);
    }

    private static List<Path> folders(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(home)) {
            return folders.sorted().toList();
        }
    }

    private static Optional<String> why(Path folder) throws IOException {
        Path file = folder.resolve(WHY);
        return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }
}
