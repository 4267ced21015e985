package org.patchproof.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Works that go on at once, each on a thread of its own; one alone is done on the caller's. */
final class AtOnce {
    /** An interrupted trial has its machine to kill and its overlay to remove. */
    private static final long END_SECONDS = 120;

    private AtOnce() {}

    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Ends when all have ended. What the first throws that fails is thrown, after the others were interrupted. */
    static void run(List<Work> works) throws IOException, InterruptedException {
        if (works.size() == 1) {
            works.get(0).run();
        }
        if (works.size() <= 1) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(works.size(), task -> new Thread(task, "at once"));
        try {
            CompletionService<Void> ended = new ExecutorCompletionService<>(threads);
            for (Work work : works) {
                ended.submit(() -> {
                    work.run();
                    return null;
                });
            }
            for (int i = 0; i < works.size(); i++) {
                ended.take().get();
            }
        } catch (ExecutionException e) {
            throw BuildQueue.asItWas(e.getCause());
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                throw new TroubleException(
                        "a trial did not end within " + END_SECONDS + " s of being told to",
                        "Look for its processes (ps), and end them.",
                        new IllegalStateException("a thread is alive"));
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
