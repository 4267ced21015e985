package org.patchproof.triage;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What times mean that a log tells without their zone. In autumn an hour comes twice: a time that goes back in
 * it belongs to the second, as a log is written in order.
 */
final class LocalClock {
    /** Lines come in another order, and klog's by minutes before those around them. */
    private static final Duration DISORDER = Duration.ofMinutes(20);

    private final ZoneId zone;
    private LocalDateTime before = LocalDateTime.MIN;
    private boolean again;

    LocalClock(ZoneId zone) {
        this.zone = zone;
    }

    Moment wall(LocalDateTime at) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(at);
        if (offsets.size() == 1) {
            again = false;
            before = at;
            return Moment.wall(at.toInstant(offsets.get(0)));
        }
        if (offsets.isEmpty()) {
            return Moment.wall(at.atZone(zone).toInstant());
        }
        again |= before.isAfter(at.plus(DISORDER)) && before.isBefore(at.plusHours(2));
        before = at;
        return Moment.wall(at.toInstant(offsets.get(again ? 1 : 0)));
    }
}
