package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.ProofOutcome.Carried;
import org.patchproof.patch.SeriesSwitch;
import org.patchproof.process.CommandRunner;

/**
 * The files in which a variant's tree is another than the base's: written to the variant's own topdir, with
 * a time that makes everything that depends on them older. All others keep their times.
 *
 * @param changed paths in the tree
 */
record SeriesLayer(List<String> changed) {

    /** What came of it: a layer, or why there is none. */
    record Result(Optional<SeriesLayer> layer, Optional<String> objection) {
        static Result no(String why) {
            return new Result(Optional.empty(), Optional.of(why));
        }
    }

    /**
     * Writes the files of {@code series} that differ from the base's.
     *
     * @param ownTree where this variant's files of the tree go
     */
    static Result lay(CommandRunner runner, BaseTree base, PatchSeries series, Path ownTree) throws IOException {
        PatchSeries there = base.facts().series();
        int common = SeriesSwitch.commonStart(there, series);
        SeriesSwitch.Switched switched = new SeriesSwitch(runner)
                .run(
                        base.tree(),
                        there.patches().subList(common, there.patches().size()),
                        series.patches().subList(common, series.patches().size()));
        if (switched.refused().isPresent()) {
            return Result.no(switched.refused().get());
        }
        // Also if the clock went back since the base was built: else make would take old objects for new.
        Instant now = Instant.now();
        Instant newest = base.facts().newest();
        FileTime time = FileTime.from(now.isAfter(newest) ? now : newest.plusSeconds(1));
        List<String> changed = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : switched.files().entrySet()) {
            Path from = base.tree().resolve(file.getKey());
            if (!Arrays.equals(Files.readAllBytes(from), file.getValue())) {
                Path to = ownTree.resolve(file.getKey());
                Files.createDirectories(to.getParent());
                // A file of its own, never a link: nothing that is written here reaches the base.
                Files.deleteIfExists(to);
                Files.write(to, file.getValue());
                Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
                Files.setLastModifiedTime(to, time);
                changed.add(file.getKey());
            }
        }
        copyModes(base.tree(), ownTree, changed);
        return new Result(Optional.of(new SeriesLayer(changed)), Optional.empty());
    }

    /** A directory of a layer hides the one beneath, with its permissions. */
    private static void copyModes(Path from, Path to, List<String> changed) throws IOException {
        for (String path : changed) {
            for (Path dir = Path.of(path).getParent(); dir != null; dir = dir.getParent()) {
                Files.setPosixFilePermissions(to.resolve(dir), Files.getPosixFilePermissions(from.resolve(dir)));
            }
        }
    }

    /** Whether the base carries the very series that is asked for. */
    boolean changesNothing() {
        return changed.isEmpty();
    }

    /** A changed source whose object make did not make anew; empty when there is none. */
    Optional<String> stale(BaseTree base, Path ownTree) throws IOException {
        for (String path : changed) {
            int dot = path.lastIndexOf('.');
            String object = path.substring(0, dot) + ".o";
            Path before = base.tree().resolve(object);
            Path now = ownTree.resolve(object);
            boolean compiled = path.endsWith(".c") || path.endsWith(".S");
            if (compiled
                    && Files.isRegularFile(before, LinkOption.NOFOLLOW_LINKS)
                    && (!Files.isRegularFile(now, LinkOption.NOFOLLOW_LINKS)
                            || Files.getLastModifiedTime(now).compareTo(Files.getLastModifiedTime(before)) <= 0)) {
                return Optional.of(object);
            }
        }
        return Optional.empty();
    }

    /** A file that is not, without the series, what the clean build had; empty when there is none. */
    static Optional<String> otherBase(BaseTree base, Carried proof) {
        return proof.files().stream()
                .filter(file -> base.facts().before().containsKey(file.path()))
                .filter(file -> !base.facts()
                        .before()
                        .get(file.path())
                        .equals(file.before().orElse("")))
                .map(file -> file.path())
                .findFirst();
    }
}
