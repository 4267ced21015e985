package org.patchproof.testing;

import java.time.Duration;
import java.util.Optional;
import org.patchproof.pipeline.ProgressListener;
import org.patchproof.pipeline.Step;

/** Tells on the build's log what goes on: a test of many minutes must not be silent. */
public final class Told implements ProgressListener {
    @Override
    public void started(String kernel, String variant, Step step, String detail, Optional<Duration> estimate) {}

    @Override
    public void progressed(String kernel, String variant, Step step, String detail) {}

    @Override
    public void finished(String kernel, String variant, Step step, Duration elapsed, String detail) {
        System.out.printf("%s/%s %s %.1f s %s%n", kernel, variant, step, elapsed.toMillis() / 1000.0, detail);
    }

    @Override
    public void note(String text) {
        System.out.println(text);
    }
}
