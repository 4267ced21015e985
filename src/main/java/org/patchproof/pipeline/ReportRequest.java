package org.patchproof.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to render, and where to.
 *
 * @param places bundles, or directories that hold some
 * @param out the directory that the files are written to; made when it is not there
 * @param expected what {@code plan --json} wrote: what of it is in no bundle is reported as missing
 */
public record ReportRequest(List<Path> places, Path out, Optional<Path> expected) {
    public ReportRequest {
        places = List.copyOf(places);
        Objects.requireNonNull(out);
        Objects.requireNonNull(expected);
    }
}
