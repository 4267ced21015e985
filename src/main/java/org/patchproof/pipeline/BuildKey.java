package org.patchproof.pipeline;

import java.nio.charset.StandardCharsets;
import org.patchproof.files.FileDigest;
import org.patchproof.plan.Cell;

/**
 * What the packages of a kernel depend on beside the source package and each variant's own patches, as
 * one digest: how it is built, and of which files the proofs speak. The key of a bundle that
 * {@code build} makes. Where the source package lies is not in it: who takes the packages over need not
 * have the source.
 */
final class BuildKey {
    private BuildKey() {}

    static String of(Cell cell, SeriesOfCell series) {
        StringBuilder all = new StringBuilder("build\n");
        all.append(cell.kernel().name()).append('\n').append(cell.kernel().buildDigest());
        series.paths().forEach(path -> all.append('\n').append(path));
        return FileDigest.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
