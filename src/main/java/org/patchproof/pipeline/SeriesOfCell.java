package org.patchproof.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.patchproof.patch.LintFinding;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchFormatException;
import org.patchproof.patch.PatchLint;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.plan.BugSpec;
import org.patchproof.plan.Cell;
import org.patchproof.plan.VariantSpec;

/** The patches of all variants of a cell, read before anything is built. */
final class SeriesOfCell {
    private final Map<String, PatchSeries> series = new HashMap<>();
    private final Set<String> paths = new TreeSet<>();

    private SeriesOfCell() {}

    /** Reads them all; every file that is no patch is named in the one exception. */
    static SeriesOfCell read(BugSpec bug, Cell cell) throws IOException {
        SeriesOfCell all = new SeriesOfCell();
        Set<String> broken = new TreeSet<>();
        for (VariantSpec variant : cell.variants()) {
            List<Patch> patches = new ArrayList<>();
            for (Path file : variant.patches()) {
                try {
                    patches.add(PatchReader.read(file));
                } catch (PatchFormatException e) {
                    broken.addAll(mistakes(file));
                }
            }
            if (broken.isEmpty()) {
                all.series.put(variant.name(), new PatchSeries(variant.name(), patches));
            }
        }
        if (!broken.isEmpty()) {
            throw new WrongRequestException(
                    String.join("\n", broken), "Mend the patches named above, then run the same command again.");
        }
        all.series.values().forEach(one -> all.paths.addAll(one.paths()));
        all.addPathsOfOthers(bug.variants().get(cell.kernel().name()));
        return all;
    }

    /**
     * The files of the variants that were not asked for: with them, proofs of one variant are comparable
     * whichever others were asked for. A patch that cannot be read is a mistake only where it is asked for.
     */
    private void addPathsOfOthers(List<VariantSpec> variants) throws IOException {
        for (VariantSpec variant : variants) {
            for (Path file : series.containsKey(variant.name()) ? List.<Path>of() : variant.patches()) {
                try {
                    paths.addAll(PatchReader.read(file).paths());
                } catch (PatchFormatException e) {
                    continue;
                }
            }
        }
    }

    /** All that is wrong with a patch file, not only what the reader stopped at. */
    private static List<String> mistakes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(PatchReader.SIZE_LIMIT + 1);
            return PatchLint.lint(file.getFileName().toString(), bytes, PatchLint.Purpose.TRIAL).stream()
                    .filter(finding -> finding.severity() == LintFinding.Severity.ERROR)
                    .map(finding -> finding.message() + "\n  remedy: " + finding.remedy())
                    .toList();
        }
    }

    PatchSeries of(VariantSpec variant) {
        return series.get(variant.name());
    }

    /** Every file that any variant of the kernel touches, sorted: the proofs of all variants speak of all of them. */
    Set<String> paths() {
        return Collections.unmodifiableSet(paths);
    }
}
