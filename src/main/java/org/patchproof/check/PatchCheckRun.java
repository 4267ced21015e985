package org.patchproof.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.patchproof.patch.PatchSeries;
import org.patchproof.patch.Preflight;
import org.patchproof.patch.TreeFiles;
import org.patchproof.plan.Workspace;
import org.patchproof.process.CommandRunner;

/** Checks a series on several kernels at once. */
public final class PatchCheckRun {
    private final CommandRunner runner;
    private final SourceStore store;

    /**
     * A check.
     *
     * @param runner runs its tools
     * @param workspace where kernels' source packages are
     * @param cache where files of sources are kept between checks
     */
    public PatchCheckRun(CommandRunner runner, Workspace workspace, Path cache) {
        this.runner = Objects.requireNonNull(runner);
        this.store = new SourceStore(runner, workspace, cache);
    }

    /**
     * Fails when the source of {@code kernel} is not here; reads none of it.
     *
     * @throws org.patchproof.build.SourceMissingException with the remedy
     */
    public void require(CheckedKernel kernel) {
        store.require(kernel);
    }

    /**
     * What would become of the series, per kernel in the order of the request.
     *
     * @throws org.patchproof.build.SourceMissingException when a source is not here, or damaged
     * @throws org.patchproof.process.CommandException when a tool is missing or fails
     * @throws IOException when the cache cannot be written
     */
    public List<KernelReport> check(CheckRequest request) throws IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(
                Math.max(1, Math.min(request.jobs(), request.kernels().size())));
        try {
            List<Future<KernelReport>> all = new ArrayList<>();
            for (CheckedKernel kernel : request.kernels()) {
                all.add(workers.submit(() -> one(request, kernel)));
            }
            List<KernelReport> reports = new ArrayList<>();
            for (Future<KernelReport> one : all) {
                reports.add(one.get());
            }
            return reports;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    /** Files of a kernel's source, as its tarball has them; exceptions as for {@link #check}. */
    public TreeFiles files(CheckedKernel kernel, Collection<String> paths) throws IOException {
        return store.open(kernel, new TreeSet<>(paths)).files();
    }

    /**
     * The files that a series touches, as a kernel has them when its spec comes to apply ours: behind the
     * vendor's patches. Exceptions as for {@link #check}.
     */
    public PreparedFiles preparedFiles(CheckedKernel kernel, PatchSeries series) throws IOException {
        return new KernelCheck(new Preflight(runner), series).prepared(store.open(kernel, series.paths()));
    }

    private KernelReport one(CheckRequest request, CheckedKernel kernel) throws IOException {
        SourceFiles source = store.open(kernel, request.series().paths());
        return new KernelCheck(new Preflight(runner), request.series()).check(kernel.name(), source);
    }

    private static RuntimeException rethrown(Throwable cause) throws IOException {
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new UncheckedIOException(new IOException(cause));
    }
}
