package org.patchproof.patch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchproof.process.CommandRunner;

/** Takes some patches out of a tree and puts others in, with exact context, on copies of the touched files. */
public final class SeriesSwitch {
    private final GnuPatchTool tool;

    /** A switch that starts GNU patch with {@code runner}. */
    public SeriesSwitch(CommandRunner runner) {
        tool = new GnuPatchTool(Objects.requireNonNull(runner));
    }

    /**
     * What became of it.
     *
     * @param files by path, what each touched file holds afterwards; one that is not there is not in it
     * @param refused why it cannot be done; empty when it was
     */
    public record Switched(SortedMap<String, byte[]> files, Optional<String> refused) {}

    /**
     * What the files of {@code tree} would hold without {@code out} and with {@code in}. The tree is only
     * read.
     *
     * @param out the last patches that were applied to the tree, in that order
     * @param in what to apply instead, in order
     * @throws IOException when the tree cannot be read or the scratch directory not be written
     * @throws org.patchproof.process.CommandException when GNU patch is missing, or fails otherwise than by
     *     rejecting a hunk
     */
    public Switched run(Path tree, List<Patch> out, List<Patch> in) throws IOException {
        SortedSet<String> paths = new TreeSet<>();
        out.forEach(patch -> paths.addAll(patch.paths()));
        in.forEach(patch -> paths.addAll(patch.paths()));
        try (ScratchTree scratch = ScratchTree.copy(tree, paths)) {
            for (int i = out.size() - 1; i >= 0; i--) {
                Patch patch = out.get(i);
                if (!tool.reverse(scratch, scratch.writePatch(patch)).tookAll(patch)) {
                    return refused(patch.name() + " cannot be taken out with exact context");
                }
            }
            for (Patch patch : in) {
                if (!tool.apply(scratch, scratch.writePatch(patch), 0).tookAll(patch)) {
                    return refused(patch.name() + " does not go in with exact context");
                }
            }
            SortedMap<String, byte[]> files = new TreeMap<>();
            scratch.state().forEach((path, content) -> files.put(path, content.getBytes(StandardCharsets.ISO_8859_1)));
            return new Switched(files, Optional.empty());
        } catch (UnfitTreeException e) {
            return refused(e.getMessage());
        }
    }

    private static Switched refused(String why) {
        return new Switched(new TreeMap<>(), Optional.of(why));
    }

    /** How many patches two series have in common at their beginning, byte for byte. */
    public static int commonStart(PatchSeries one, PatchSeries other) {
        int common = 0;
        while (common < Math.min(one.patches().size(), other.patches().size())
                && one.patches()
                        .get(common)
                        .name()
                        .equals(other.patches().get(common).name())
                && one.patches()
                        .get(common)
                        .sha256()
                        .equals(other.patches().get(common).sha256())) {
            common++;
        }
        return common;
    }
}
