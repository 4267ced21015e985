package org.patchproof.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Is told what goes on. Called from several threads at once; a call must return soon and must not throw.
 *
 * <p>A variant is in one step at a time, but for its trials, of which several may be under way: {@code started}, any number of {@code progressed},
 * {@code finished}; a step that fails is finished too, and its detail says so.
 */
public interface ProgressListener {

    /** Tells nobody. */
    ProgressListener SILENT = new ProgressListener() {
        @Override
        public void started(String kernel, String variant, Step step, String detail, Optional<Duration> estimate) {}

        @Override
        public void progressed(String kernel, String variant, Step step, String detail) {}

        @Override
        public void finished(String kernel, String variant, Step step, Duration elapsed, String detail) {}

        @Override
        public void note(String text) {}
    };

    /**
     * A step begins.
     *
     * @param variant its name, that of a trial with its number ({@code fixed, trial 2}); empty for a step that all
     *     variants of the kernel share
     * @param detail what is special about it; may be empty
     * @param estimate how long it took in earlier runs
     */
    void started(String kernel, String variant, Step step, String detail, Optional<Duration> estimate);

    /** The step goes on: {@code detail} is what it is at now. */
    void progressed(String kernel, String variant, Step step, String detail);

    /**
     * The step is over.
     *
     * @param elapsed wall time
     * @param detail what came of it; may be empty
     */
    void finished(String kernel, String variant, Step step, Duration elapsed, String detail);

    /** The evidence bundle is there: from now on an interrupted run can go on with it. */
    default void opened(Path bundle) {}

    /** Something worth a line of its own: a choice that was made, and why. */
    void note(String text);
}
