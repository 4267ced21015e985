package org.patchproof.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A line for each event, for logs and pipes. How a step goes is said at most once in {@link #QUIET},
 * so that a log of an hour stays readable.
 */
public final class PlainProgress implements ProgressLines {
    static final Duration QUIET = Duration.ofSeconds(30);

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begun;
    private final Map<Who, Instant> lastSaid = new HashMap<>();

    /** Writes to {@code out}; each line begins with the time since now, by {@code clock}. */
    public PlainProgress(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.begun = clock.instant();
    }

    @Override
    public synchronized void started(Who who, String label, String detail, Optional<Duration> estimate) {
        String about = estimate.map(e -> " (about " + Words.of(e) + ")").orElse("");
        say(who + ": " + label + (detail.isBlank() ? "" : ": " + detail) + about);
        lastSaid.put(who, clock.instant());
    }

    @Override
    public synchronized void progressed(Who who, String label, String detail) {
        Instant now = clock.instant();
        Instant last = lastSaid.get(who);
        if (last == null || !now.isBefore(last.plus(QUIET))) {
            say(who + ": " + label + ": " + detail);
            lastSaid.put(who, now);
        }
    }

    @Override
    public synchronized void finished(Who who, String label, Duration elapsed, String detail) {
        say(who + ": " + ProgressLines.done(label, elapsed, detail));
        lastSaid.remove(who);
    }

    @Override
    public synchronized void note(String text) {
        say(text);
    }

    @Override
    public void tick() {}

    @Override
    public void close() {
        out.flush();
    }

    private void say(String text) {
        long seconds = Math.max(0, Duration.between(begun, clock.instant()).toSeconds());
        String time = String.format(Locale.ROOT, "[%02d:%02d:%02d] ", seconds / 3600, seconds / 60 % 60, seconds % 60);
        out.println(time + Words.harmless(text).replace("\n", "\n" + " ".repeat(time.length())));
        out.flush();
    }
}
