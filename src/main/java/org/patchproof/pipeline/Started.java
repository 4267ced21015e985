package org.patchproof.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** When a release was begun. */
record Started(Instant at) {
    private static final Duration NOON = Duration.ofHours(12);

    /**
     * What is built says that it was made at noon of this day, and files that are older keep their times: that
     * noon must be over.
     */
    LocalDate date(ReleaseOptions options) {
        LocalDate last = LocalDate.ofInstant(at.minus(NOON), ZoneOffset.UTC);
        LocalDate date = options.date().orElse(last);
        if (date.isAfter(last)) {
            throw new WrongRequestException(
                    date + " is not over yet at noon (UTC): files of the build would keep times of their own",
                    "Give --date " + last + ", or an earlier one.");
        }
        return date;
    }
}
