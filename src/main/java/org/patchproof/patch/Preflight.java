package org.patchproof.patch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.patchproof.process.CommandRunner;

/** Tries a series on scratch copies of the files that it touches; the tree itself is only read. */
public final class Preflight {
    private final CommandRunner runner;

    /** A preflight that starts its tools with {@code runner}. */
    public Preflight(CommandRunner runner) {
        this.runner = Objects.requireNonNull(runner);
    }

    /**
     * What would become of {@code series} in {@code tree} under {@code rule}.
     *
     * @throws IOException when the tree cannot be read or the scratch directory not be written
     */
    public PreflightReport check(PatchSeries series, Path tree, ApplyRule rule) throws IOException {
        throw new UnsupportedOperationException(runner.toString());
    }
}
