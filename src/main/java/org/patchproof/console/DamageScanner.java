package org.patchproof.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.console.Damage.Kind;

/** Finds where a console is less than the whole truth. */
final class DamageScanner {
    private static final int LIMIT = 1000;
    private static final Duration DISORDER = Duration.ofSeconds(1);

    /** printk of the kernel itself, and its rate limit on {@code /dev/kmsg}. */
    private static final Pattern LOST = Pattern.compile(
            "^\\*\\* \\d+ printk messages? dropped \\*\\*" + "|: \\d+ output lines suppressed due to ratelimiting$");

    private final List<Damage> found = new ArrayList<>();
    private Optional<Duration> last = Optional.empty();
    private boolean full;

    void accept(ConsoleLine line) {
        if (LOST.matcher(line.text()).find()) {
            add(Kind.LOST_LINES, line.number(), line.text());
        }
        if (line.flaws().contains(ConsoleLine.Flaw.TRUNCATED)) {
            add(Kind.LINE_TOO_LONG, line.number(), "longer than " + ConsoleLine.LIMIT + " bytes, the rest was dropped");
        }
        if (line.flaws().contains(ConsoleLine.Flaw.UNDECODABLE) && ofKernel(line)) {
            add(Kind.UNDECODABLE, line.number(), line.text());
        }
        line.stamp().ifPresent(stamp -> time(stamp, line));
    }

    List<Damage> found() {
        return List.copyOf(found);
    }

    /** Says once that events are no longer kept. */
    void tooManyEvents(long line) {
        if (!full) {
            full = true;
            found.add(new Damage(
                    Kind.TOO_MANY_EVENTS,
                    line,
                    "more than " + Evidence.EVENT_LIMIT + " events; the rest was not kept"));
        }
    }

    /** A message of the kernel; where its time stamp was hit by the damage, a bracket is left of it. */
    private static boolean ofKernel(ConsoleLine line) {
        return line.stamp().isPresent()
                || line.caller().isPresent()
                || line.text().contains("] ");
    }

    private void time(Duration stamp, ConsoleLine line) {
        last.filter(before -> stamp.plus(DISORDER).compareTo(before) < 0)
                .ifPresent(before -> add(
                        Kind.TIME_WENT_BACK,
                        line.number(),
                        "kernel time went from " + seconds(before) + " back to " + seconds(stamp)
                                + ": the machine was reset, or lines are missing"));
        last = Optional.of(stamp);
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + "." + String.format(java.util.Locale.ROOT, "%06d", time.getNano() / 1000);
    }

    private void add(Kind kind, long line, String text) {
        if (found.size() < LIMIT) {
            found.add(new Damage(kind, line, text));
        }
    }
}
