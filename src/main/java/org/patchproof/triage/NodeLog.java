package org.patchproof.triage;

import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one log says of one node. */
final class NodeLog {
    private static final int MOST_SUBJECTS = 2000;
    private static final int MOST_KERNELS = 1000;

    static final Sought BANNER = Sought.of("^Linux version (?<release>[\\w.+~-]{3,80}) ");

    /** In each report of a fault; 3.10 to 7.x. */
    static final Sought TAINT =
            Sought.of("(?:Not tainted|Tainted: [A-Z ]{1,30}) (?<release>\\d+\\.\\d+[\\w.+~-]{0,70}) #\\d");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    /** A symptom that may be said to have come again. */
    record Newest(SpellTrack track, long line, Optional<Spell.Range> value, String text) {}

    /** One bug in this log. */
    static final class OfBug {
        final Map<String, SpellTrack> subjects = new LinkedHashMap<>();
        final List<SignTrack> signs;
        boolean full;
        /** The newest symptom, until a line comes that is not the next. */
        Optional<Newest> newest = Optional.empty();

        OfBug(BugPatterns patterns) {
            this.signs = patterns.signs().stream().map(SignTrack::new).toList();
        }
    }

    /** By identity: to hash all that a bug is made of takes longer than to look through a log of some MiB. */
    private final Map<BugPatterns, OfBug> bugs = new IdentityHashMap<>();

    private final Starts starts = new Starts();
    /** The releases that reports of faults name. */
    private final Set<String> kernels = new LinkedHashSet<>();

    private final Map<Moment.Clock, Moment> first = new EnumMap<>(Moment.Clock.class);
    private final Map<Moment.Clock, Moment> latest = new EnumMap<>(Moment.Clock.class);
    private Optional<Moment> last = Optional.empty();

    NodeLog(List<BugPatterns> patterns) {
        patterns.forEach(p -> bugs.put(p, new OfBug(p)));
    }

    /** A line in which there may be something; whether it is a symptom. */
    boolean accept(LogLine line, Moment logged, Seen place, LookBack lookBack) {
        Optional<Matcher> banner = BANNER.in(line.text());
        if (starts.tells(logged, banner.isPresent())) {
            lookBack.to(earlier -> starts.before(earlier, logged)).ifPresent(this::lived);
        }
        Moment moment = starts.place(logged, banner.map(b -> b.group("release")));
        Optional<Matcher> taint = TAINT.in(line.text());
        if (taint.isPresent() && kernels.size() < MOST_KERNELS) {
            kernels.add(taint.get().group("release"));
        }
        boolean symptom = false;
        for (Map.Entry<BugPatterns, OfBug> bug : bugs.entrySet()) {
            symptom |= bug(bug.getKey(), bug.getValue(), line.text(), moment, place);
        }
        passed(moment);
        return symptom;
    }

    /** A line with nothing in it but a time. */
    void pass(Moment logged) {
        passed(starts.place(logged, Optional.empty()));
    }

    /** A line before those that were accepted last, which was passed over. */
    void lived(Moment logged) {
        passed(starts.lived(logged));
    }

    /** The next line is of another start of the kernel. */
    void startsAnew() {
        starts.announce();
    }

    private void passed(Moment moment) {
        first.putIfAbsent(moment.clock(), moment);
        last = Optional.of(moment);
        latest.merge(moment.clock(), moment, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    private boolean bug(BugPatterns patterns, OfBug found, String text, Moment moment, Seen place) {
        Optional<Matcher> symptom = patterns.symptom().in(text);
        if (symptom.isPresent()) {
            symptom(patterns, found, symptom.get(), Repeats.of(text), moment, place);
        } else if (found.newest.isPresent()) {
            again(found, Repeats.behind(text), moment, place);
        }
        for (SignTrack sign : found.signs) {
            sign.accept(text, moment, place);
        }
        return symptom.isPresent();
    }

    /** Where the line right behind a symptom says so. */
    private static void again(OfBug found, long count, Moment moment, Seen place) {
        Newest newest = found.newest.get();
        boolean next = count > 0 && place.line() == newest.line() + 1;
        if (next) {
            newest.track().add(Spell.of(moment, count, newest.value(), place, newest.text()));
        }
        found.newest = next
                ? Optional.of(new Newest(newest.track(), place.line(), newest.value(), newest.text()))
                : Optional.empty();
    }

    private static void symptom(
            BugPatterns patterns, OfBug found, Matcher symptom, long count, Moment moment, Seen place) {
        String subject = symptom.group("subject");
        if (found.subjects.containsKey(subject) || found.subjects.size() < MOST_SUBJECTS) {
            Optional<Spell.Range> value = patterns.tellsValue() ? value(symptom.group("value")) : Optional.empty();
            SpellTrack track = found.subjects.computeIfAbsent(
                    subject, s -> new SpellTrack(patterns.gap(), patterns.spec().repeats()));
            track.add(Spell.of(moment, count, value, place, symptom.group()));
            found.newest = Optional.of(new Newest(track, place.line(), value, symptom.group()));
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

    List<Starts.Start> starts() {
        return starts.all();
    }

    /** The releases that reports of faults name. */
    Set<String> kernels() {
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
