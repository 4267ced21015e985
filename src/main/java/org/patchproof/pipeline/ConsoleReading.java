package org.patchproof.pipeline;

import java.util.List;
import java.util.Locale;
import org.patchproof.repro.Moment;
import org.patchproof.repro.Trial;

/**
 * What a bug's patterns find in one console.
 *
 * @param outcome how a trial with this console would end: a {@link Trial.Outcome}
 * @param why in one sentence
 * @param exposures how many passes through the race window were seen
 * @param unreadable how many race events could not be paired
 * @param moments what was found, one per line: the console's line, what it is, its text
 */
public record ConsoleReading(String outcome, String why, int exposures, int unreadable, List<String> moments) {
    public ConsoleReading {
        moments = List.copyOf(moments);
    }

    static ConsoleReading of(Trial trial) {
        return new ConsoleReading(
                trial.outcome().name(),
                trial.detail(),
                trial.exposures(),
                trial.unreadable(),
                trial.timeline().stream().map(ConsoleReading::line).toList());
    }

    private static String line(Moment moment) {
        return String.format(
                Locale.ROOT,
                "%7d  %-10s  %s",
                moment.line(),
                moment.kind().name().toLowerCase(Locale.ROOT),
                moment.text());
    }
}
