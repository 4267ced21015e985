package org.patchproof.pipeline;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Builds variants one after the other on a thread of its own, so that those that are ready can be installed
 * and tried in the meantime. Closing it ends a build that is under way.
 */
final class BuildQueue implements AutoCloseable {
    /** A build that was interrupted has its tools to kill and its topdir to remove. */
    private static final long END_SECONDS = 120;

    private final ExecutorService thread;
    private final Map<VariantLedger, Future<?>> builds = new LinkedHashMap<>();

    private BuildQueue() {
        thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "build"));
    }

    /** Builds one variant: its packages, or why there are none, are in the ledger when it returns. */
    @FunctionalInterface
    interface Builder {
        void build(VariantLedger variant) throws IOException, InterruptedException;
    }

    /** Begins to build {@code variants} in their order. */
    static BuildQueue start(Builder builder, List<VariantLedger> variants) {
        BuildQueue queue = new BuildQueue();
        for (VariantLedger variant : variants) {
            queue.builds.put(variant, queue.thread.submit(() -> {
                builder.build(variant);
                return null;
            }));
        }
        queue.thread.shutdown();
        return queue;
    }

    /** Whether a variant is still to be built. */
    boolean busy() {
        return builds.values().stream().anyMatch(build -> !build.isDone());
    }

    /** Waits for the end of the build of {@code variant}, and throws what it threw. */
    void await(VariantLedger variant) throws IOException, InterruptedException {
        try {
            builds.get(variant).get();
        } catch (ExecutionException e) {
            throw asItWas(e.getCause());
        }
    }

    /** Waits for all. */
    void await() throws IOException, InterruptedException {
        for (VariantLedger variant : builds.keySet()) {
            await(variant);
        }
    }

    /** Throws {@code cause} as what it is; for what another thread threw. */
    static RuntimeException asItWas(Throwable cause) throws IOException, InterruptedException {
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        boolean ended;
        try {
            ended = thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!ended) {
            throw new TroubleException(
                    "a build did not end within " + END_SECONDS + " s of being told to",
                    "Look for its processes (ps), and end them.",
                    new IllegalStateException("the build thread is alive"));
        }
    }
}
