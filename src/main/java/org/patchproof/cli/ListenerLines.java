package org.patchproof.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.patchproof.pipeline.ProgressListener;
import org.patchproof.pipeline.Step;
import org.patchproof.report.ProgressLines;
import org.patchproof.report.ProgressLines.Who;

/** Shows a run's progress, and lets its clock tick once a second. */
final class ListenerLines implements ProgressListener, AutoCloseable {
    private final ProgressLines lines;
    private final Consumer<Path> bundle;
    private final ScheduledExecutorService ticker;

    /** {@code bundle} gets the run's bundle when it is there. */
    ListenerLines(ProgressLines lines, Consumer<Path> bundle) {
        this.lines = lines;
        this.bundle = bundle;
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        ticker.scheduleAtFixedRate(lines::tick, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void started(String kernel, String variant, Step step, String detail, Optional<Duration> estimate) {
        lines.started(new Who(kernel, variant), step.label(), detail, estimate);
    }

    @Override
    public void progressed(String kernel, String variant, Step step, String detail) {
        lines.progressed(new Who(kernel, variant), step.label(), detail);
    }

    @Override
    public void finished(String kernel, String variant, Step step, Duration elapsed, String detail) {
        lines.finished(new Who(kernel, variant), step.label(), elapsed, detail);
    }

    @Override
    public void opened(Path directory) {
        bundle.accept(directory);
    }

    @Override
    public void note(String text) {
        lines.note(text);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        lines.close();
    }
}
