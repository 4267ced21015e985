package org.patchproof.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Reports steps to the listener: begun, how it goes, done. */
final class Steps {
    private final String kernel;
    private final ProgressListener listener;

    Steps(String kernel, ProgressListener listener) {
        this.kernel = kernel;
        this.listener = listener;
    }

    /** A step's work; {@code progress} takes words on how it goes. */
    interface Work<T> {
        T run(Consumer<String> progress) throws IOException, InterruptedException;
    }

    /** Runs {@code work} as {@code step} of {@code variant}; {@code done} says what came out of it. */
    <T> T run(
            String variant,
            Step step,
            String detail,
            Optional<Duration> estimate,
            Work<T> work,
            java.util.function.Function<T, String> done)
            throws IOException, InterruptedException {
        listener.started(kernel, variant, step, detail, estimate);
        long started = System.nanoTime();
        T result = work.run(words -> listener.progressed(kernel, variant, step, words));
        listener.finished(kernel, variant, step, Duration.ofNanos(System.nanoTime() - started), done.apply(result));
        return result;
    }

    /** A remark. */
    void note(String text) {
        listener.note(text);
    }
}
