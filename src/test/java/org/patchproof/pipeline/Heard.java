package org.patchproof.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Remembers what a run told. */
final class Heard implements ProgressListener {
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());

    /** The remarks, as they came. */
    List<String> notes() {
        return notes;
    }

    /** {@code begun VARIANT STEP} and {@code ended VARIANT STEP}, as they came. */
    List<String> steps() {
        return steps;
    }

    @Override
    public void started(String kernel, String variant, Step step, String detail, Optional<Duration> estimate) {
        steps.add("begun " + variant + " " + step);
    }

    @Override
    public void progressed(String kernel, String variant, Step step, String detail) {}

    @Override
    public void finished(String kernel, String variant, Step step, Duration elapsed, String detail) {
        steps.add("ended " + variant + " " + step);
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }
}
