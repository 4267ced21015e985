package org.patchproof.repro;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import org.patchproof.console.Evidence;
import org.patchproof.console.Mark;

/**
 * The guest's clock beside the host's. A guest that waits for a complaint of its kernel waits by its own
 * clock: if that leapt ahead, as after a machine was suspended, its silence was shorter than it seems.
 * A guest that falls behind, as emulated ones on busy hosts do, only takes longer.
 */
final class GuestClock {
    /** Console and channel are not read in the same moment. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private final LongSupplier nanoTime;
    private final Map<String, Long> heard = new HashMap<>();

    GuestClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** An event of the guest; its first of a name counts. */
    void hear(String event) {
        heard.putIfAbsent(event, nanoTime.getAsLong());
    }

    /** Why the guest's clock cannot be trusted; empty when it can, or when nothing can be said. */
    Optional<String> leapt(Evidence evidence) {
        Optional<Duration> guest = guest(evidence);
        Optional<Duration> host = host();
        if (guest.isEmpty() || host.isEmpty()) {
            return Optional.empty();
        }
        Duration most = host.get().plus(host.get().dividedBy(10)).plus(TOLERANCE);
        return guest.get().compareTo(most) > 0
                ? Optional.of("the guest's clock leapt ahead: " + seconds(guest.get()) + " s passed for it in "
                        + seconds(host.get()) + " s, so that it watched for less time than it meant to")
                : Optional.empty();
    }

    /** Both times, for the bundle. */
    void measure(Evidence evidence, SortedMap<String, String> measured) {
        guest(evidence).ifPresent(time -> measured.put("clock.guest-seconds", seconds(time)));
        host().ifPresent(time -> measured.put("clock.host-seconds", seconds(time)));
    }

    private Optional<Duration> host() {
        Long from = heard.get(Mark.BEGIN);
        Long to = heard.get(Mark.DEVICES_GONE);
        return from == null || to == null ? Optional.empty() : Optional.of(Duration.ofNanos(to - from));
    }

    private static Optional<Duration> guest(Evidence evidence) {
        Optional<Duration> from = evidence.mark(Mark.BEGIN).flatMap(Mark::stamp);
        Optional<Duration> to = evidence.mark(Mark.DEVICES_GONE).flatMap(Mark::stamp);
        return from.flatMap(begin -> to.map(end -> end.minus(begin)));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }
}
