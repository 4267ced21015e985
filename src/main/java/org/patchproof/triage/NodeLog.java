package org.patchproof.triage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one log says of one node. */
final class NodeLog {
    private static final int MOST_SUBJECTS = 2000;
    private static final int MOST_BOOTS = 1000;

    /** Messages of several processors may come in another order, but not by so much. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    static final Sought BANNER = Sought.of("^Linux version (?<release>[\\w.+~-]{3,80}) ");

    /** In each report of a fault; 3.10 to 7.x. */
    static final Sought TAINT =
            Sought.of("(?:Not tainted|Tainted: [A-Z ]{1,30}) (?<release>\\d+\\.\\d+[\\w.+~-]{0,70}) #\\d");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    /**
     * A kernel that ran.
     *
     * @param before the last that was logged before it started
     * @param at since when, if it was seen to start
     */
    record Kernel(String release, Optional<Moment> before, Optional<Moment> at) {}

    /** One bug in this log. */
    static final class OfBug {
        final Map<String, SpellTrack> subjects = new LinkedHashMap<>();
        final List<SignTrack> signs;
        boolean full;

        OfBug(BugPatterns patterns) {
            this.signs = patterns.signs().stream().map(SignTrack::new).toList();
        }
    }

    /** By identity: to hash all that a bug is made of takes longer than to look through a log of some MiB. */
    private final Map<BugPatterns, OfBug> bugs = new IdentityHashMap<>();

    private final List<Kernel> kernels = new ArrayList<>();
    private final Map<Moment.Clock, Moment> first = new EnumMap<>(Moment.Clock.class);
    private final Map<Moment.Clock, Moment> latest = new EnumMap<>(Moment.Clock.class);
    private Optional<Moment> last = Optional.empty();
    private Duration uptime = Duration.ZERO;
    private int starts;

    NodeLog(List<BugPatterns> patterns) {
        patterns.forEach(p -> bugs.put(p, new OfBug(p)));
    }

    void accept(LogLine line, Moment logged, Seen place) {
        Moment moment = afterItsStart(logged, BANNER.in(line.text()).isPresent());
        kernel(line.text(), moment);
        for (Map.Entry<BugPatterns, OfBug> bug : bugs.entrySet()) {
            bug(bug.getKey(), bug.getValue(), line.text(), moment, place);
        }
        passed(moment);
    }

    /** A line with nothing in it but a time. */
    void pass(Moment logged) {
        passed(afterItsStart(logged, false));
    }

    private void passed(Moment moment) {
        first.putIfAbsent(moment.clock(), moment);
        last = Optional.of(moment);
        latest.merge(moment.clock(), moment, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    /** A kernel that starts anew counts from 0 again: by its banner, or by a time that went back a good deal. */
    private Moment afterItsStart(Moment logged, boolean banner) {
        if (logged.clock() == Moment.Clock.WALL) {
            return logged;
        }
        boolean back = uptime.minus(logged.uptime()).compareTo(DISORDER) > 0;
        if (back || (!uptime.isZero() && banner)) {
            starts++;
        }
        uptime = logged.uptime();
        return logged.afterStarts(starts);
    }

    private void kernel(String text, Moment moment) {
        BANNER.in(text).ifPresent(banner -> add(new Kernel(banner.group("release"), last, Optional.of(moment))));
        TAINT.in(text).map(taint -> taint.group("release")).ifPresent(release -> {
            if (kernels.stream().noneMatch(k -> k.release().equals(release))) {
                add(new Kernel(release, Optional.empty(), Optional.empty()));
            }
        });
    }

    private void add(Kernel kernel) {
        if (kernels.size() < MOST_BOOTS) {
            kernels.add(kernel);
        }
    }

    private void bug(BugPatterns patterns, OfBug found, String text, Moment moment, Seen place) {
        Optional<Matcher> symptom = patterns.symptom().in(text);
        if (symptom.isPresent()) {
            symptom(patterns, found, symptom.get(), moment, place);
        }
        for (SignTrack sign : found.signs) {
            sign.accept(text, moment, place);
        }
    }

    private static void symptom(BugPatterns patterns, OfBug found, Matcher symptom, Moment moment, Seen place) {
        String subject = symptom.group("subject");
        if (found.subjects.containsKey(subject) || found.subjects.size() < MOST_SUBJECTS) {
            Optional<Spell.Range> value = patterns.tellsValue() ? value(symptom.group("value")) : Optional.empty();
            found.subjects
                    .computeIfAbsent(subject, s -> new SpellTrack(patterns.gap()))
                    .add(new Spell(moment, moment, 1, value, place, symptom.group()));
        } else {
            found.full = true;
        }
    }

    private static Optional<Spell.Range> value(String text) {
        OptionalLong number = text != null && NUMBER.matcher(text).matches()
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
        return number.isPresent()
                ? Optional.of(new Spell.Range(number.getAsLong(), number.getAsLong(), number.getAsLong()))
                : Optional.empty();
    }

    OfBug of(BugPatterns bug) {
        return bugs.get(bug);
    }

    List<Kernel> kernels() {
        return kernels;
    }

    /** The first that was logged, by a clock. */
    Optional<Moment> first(Moment.Clock clock) {
        return Optional.ofNullable(first.get(clock));
    }

    /** The last that was logged, by a clock. */
    Optional<Moment> latest(Moment.Clock clock) {
        return Optional.ofNullable(latest.get(clock));
    }

    Optional<Moment> last() {
        return last;
    }
}
