package org.patchproof.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.patchproof.patch.Patch;
import org.patchproof.patch.PatchFormatException;
import org.patchproof.patch.PatchReader;
import org.patchproof.patch.PatchSeries;
import org.patchproof.plan.Cell;
import org.patchproof.plan.VariantSpec;

/** The patches of all variants of a cell, read before anything is built. */
final class SeriesOfCell {
    private final Map<String, PatchSeries> series = new HashMap<>();

    private SeriesOfCell() {}

    /** Reads them all; every file that is no patch is named in the one exception. */
    static SeriesOfCell read(Cell cell) throws IOException {
        SeriesOfCell all = new SeriesOfCell();
        Set<String> broken = new TreeSet<>();
        for (VariantSpec variant : cell.variants()) {
            List<Patch> patches = new ArrayList<>();
            for (Path file : variant.patches()) {
                try {
                    patches.add(PatchReader.read(file));
                } catch (PatchFormatException e) {
                    broken.add(e.getMessage());
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
        return all;
    }

    PatchSeries of(VariantSpec variant) {
        return series.get(variant.name());
    }

    /** Every file that any variant touches: the proofs of all variants speak of all of them. */
    Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        series.values().forEach(one -> paths.addAll(one.paths()));
        return paths;
    }
}
