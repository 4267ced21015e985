package org.patchproof.patch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Whether a prepared tree carries a series. */
public sealed interface ProofOutcome {

    /**
     * It does: the series was taken out with exact context and put back, and the result is the tree
     * again, byte for byte.
     *
     * @param seriesDigest {@link PatchSeries#digest()} of what was proved
     * @param files per touched (or asked for) file, sorted by path
     * @param baseDigest a sha256 over the path and {@code before} of all {@code files}: equal for
     *     two trees whose unpatched files are equal, if the same files are looked at
     * @param hunks where each hunk stands, in series order
     * @param notes checks that could not be sure
     * @param commands what was run, for a POSIX shell, in order
     */
    record Carried(
            String seriesDigest,
            List<FileProof> files,
            String baseDigest,
            List<HunkProof> hunks,
            List<String> notes,
            List<String> commands)
            implements ProofOutcome {
        public Carried {
            Objects.requireNonNull(seriesDigest);
            files = List.copyOf(files);
            Objects.requireNonNull(baseDigest);
            hunks = List.copyOf(hunks);
            notes = List.copyOf(notes);
            commands = List.copyOf(commands);
        }
    }

    /**
     * It does not, or it cannot be shown.
     *
     * @param patch the name of the patch where the proof broke
     * @param path the file, relative to the tree, when it is known
     * @param hunk the hunk where it broke, when there is one
     * @param why in words
     * @param treeLines what the tree has there, each as {@code number: text}
     * @param commands what was run until then
     */
    record NotCarried(
            String patch,
            Optional<String> path,
            Optional<Hunk> hunk,
            String why,
            List<String> treeLines,
            List<String> commands)
            implements ProofOutcome {
        public NotCarried {
            Objects.requireNonNull(patch);
            Objects.requireNonNull(path);
            Objects.requireNonNull(hunk);
            Objects.requireNonNull(why);
            treeLines = List.copyOf(treeLines);
            commands = List.copyOf(commands);
        }

        /** For a person: which patch, which hunk, why, and the tree's lines. */
        public String describe() {
            StringBuilder text = new StringBuilder(patch);
            path.ifPresent(p -> text.append(": ").append(p));
            text.append(": ").append(why).append('\n');
            hunk.ifPresent(h -> text.append(h.text()));
            if (!treeLines.isEmpty()) {
                text.append("the tree has there:\n");
                treeLines.forEach(l -> text.append("  ").append(l).append('\n'));
            }
            return text.toString();
        }
    }

    /** One of two functions, by what this is. */
    default <T> T match(Function<Carried, T> carried, Function<NotCarried, T> notCarried) {
        return this instanceof Carried c ? carried.apply(c) : notCarried.apply((NotCarried) this);
    }
}
