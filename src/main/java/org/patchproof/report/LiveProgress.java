package org.patchproof.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * For a terminal: what is done scrolls up, and below it one line for each that is at work is redrawn,
 * with the time it has taken and is expected to take.
 */
public final class LiveProgress implements ProgressLines {
    private final PrintStream out;
    private final InstantSource clock;
    private final int width;
    private final Map<Who, Active> active = new LinkedHashMap<>();
    private int drawn;

    private record Active(String label, String detail, Instant started, Optional<Duration> estimate) {
        Active at(String now) {
            return new Active(label, now, started, estimate);
        }
    }

    /**
     * @param width of the terminal, in characters; a redrawn line is never longer
     */
    public LiveProgress(PrintStream out, InstantSource clock, int width) {
        this.out = Objects.requireNonNull(out);
        this.clock = Objects.requireNonNull(clock);
        this.width = Math.max(20, width);
    }

    @Override
    public synchronized void started(Who who, String label, String detail, Optional<Duration> estimate) {
        active.put(who, new Active(label, detail, clock.instant(), estimate));
        redraw("");
    }

    @Override
    public synchronized void progressed(Who who, String label, String detail) {
        active.computeIfPresent(who, (w, was) -> was.at(detail));
        redraw("");
    }

    @Override
    public synchronized void finished(Who who, String label, Duration elapsed, String detail) {
        active.remove(who);
        redraw(who + ": " + ProgressLines.done(label, elapsed, detail) + "\n");
    }

    @Override
    public synchronized void note(String text) {
        redraw(Words.harmless(text) + "\n");
    }

    @Override
    public synchronized void tick() {
        if (!active.isEmpty()) {
            redraw("");
        }
    }

    @Override
    public synchronized void close() {
        active.clear();
        redraw("");
    }

    /** Takes the live lines away, writes what stays, draws the live lines anew. */
    private void redraw(String stays) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append("A\r\u001b[J");
        }
        text.append(stays);
        active.forEach((who, what) -> text.append(line(who, what)).append('\n'));
        drawn = active.size();
        out.print(text);
        out.flush();
    }

    private String line(Who who, Active what) {
        String time = Words.of(Duration.between(what.started(), clock.instant()))
                + what.estimate().map(e -> " of about " + Words.of(e)).orElse("");
        String detail = what.detail().isBlank() ? "" : ": " + what.detail();
        String text = who + ": " + what.label() + ", " + time + detail;
        return Words.cut(Words.harmless(text).replace('\n', ' '), width - 1);
    }
}
