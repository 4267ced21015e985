package org.patchproof.triage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.patchproof.triage.BugPatterns.SignPatterns;

/** One sign on one node. */
final class SignTrack {
    /** Occurrences that are nearer are one span. */
    private static final Duration NEAR = Duration.ofMinutes(5);

    private static final int MOST_SPANS = 1000;
    private static final int MOST_OPEN = 10_000;
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * A time in which the sign was there.
     *
     * @param longest the longest that one occurrence took, where it tells
     */
    record Span(Moment first, Moment last, long count, Seen place, Optional<Duration> longest) {
        Span join(Span later) {
            Optional<Duration> most = longest.isPresent() && later.longest.isPresent()
                    ? longest.filter(l -> l.compareTo(later.longest.get()) >= 0).or(() -> later.longest)
                    : longest.or(() -> later.longest);
            // What two logs have of the same time is the same.
            boolean again = later.first.notAfter(last) && !later.place.log().equals(place.log());
            return new Span(
                    first,
                    later.last.compareTo(last) > 0 ? later.last : last,
                    again ? Math.max(count, later.count) : count + later.count,
                    place,
                    most);
        }

        boolean meets(Moment from, Moment to) {
            return first.clock() == from.clock() && first.compareTo(to) <= 0 && last.compareTo(from) >= 0;
        }
    }

    /** What began and did not end yet. */
    private record Open(Moment moment, Seen place) {}

    private final SignPatterns patterns;
    private final List<Span> spans = new ArrayList<>();
    private final Map<String, Open> open = new LinkedHashMap<>();
    private Optional<Moment> before = Optional.empty();
    private boolean left;

    SignTrack(SignPatterns patterns) {
        this.patterns = patterns;
    }

    String title() {
        return patterns.sign().title();
    }

    void accept(String text, Moment moment, Seen place) {
        // Lambdas would be made anew for each line; most lines have neither.
        Optional<Matcher> ending =
                patterns.ends().isPresent() ? patterns.ends().get().in(text) : Optional.empty();
        if (ending.isPresent()) {
            open.remove(ending.get().group("key"));
        }
        Optional<Matcher> matched = patterns.match().in(text);
        if (matched.isPresent()) {
            matched(matched.get(), moment, place);
        }
    }

    private void matched(Matcher matcher, Moment moment, Seen place) {
        if (patterns.ends().isPresent()) {
            if (open.size() < MOST_OPEN) {
                open.put(matcher.group("key"), new Open(moment, place));
            }
        } else if (patterns.sign().gap().isPresent()) {
            gap(moment, place);
        } else if (patterns.sign().over().isPresent()) {
            GoDuration.parse(matcher.group("duration"))
                    .filter(d -> d.compareTo(patterns.sign().over().get()) > 0)
                    .ifPresent(d -> add(new Span(moment, moment, 1, place, Optional.of(d))));
        } else {
            add(new Span(moment, moment, 1, place, Optional.empty()));
        }
    }

    private void gap(Moment moment, Seen place) {
        before.filter(b -> b.clock() == moment.clock()).ifPresent(b -> {
            Duration silence = moment.since(b);
            if (silence.compareTo(patterns.sign().gap().get()) > 0 && silence.compareTo(DAY) < 0) {
                add(new Span(b, moment, 1, place, Optional.of(silence)));
            }
        });
        before = Optional.of(moment);
    }

    private void add(Span span) {
        int end = spans.size() - 1;
        boolean near = end >= 0
                && spans.get(end).last().clock() == span.first().clock()
                && span.first().since(spans.get(end).last()).compareTo(NEAR) <= 0;
        if (near) {
            spans.set(end, spans.get(end).join(span));
            return;
        }
        if (spans.size() == MOST_SPANS) {
            // Joined, they would be one span over all that came between.
            spans.remove(end);
            left = true;
        }
        spans.add(span);
    }

    /** Whether there were more spans than are kept: the first ones and the newest. */
    boolean full() {
        return left;
    }

    /** The spans, with what had not ended by {@code end}, the last that is known of the node. */
    List<Span> spans(Optional<Moment> end) {
        List<Span> all = new ArrayList<>(spans);
        Duration over = patterns.sign().over().orElse(Duration.ZERO);
        open.values()
                .forEach(o -> end.filter(e -> e.clock() == o.moment().clock())
                        .map(e -> e.since(o.moment()))
                        .filter(d -> d.compareTo(over) > 0)
                        .ifPresent(d -> all.add(new Span(o.moment(), o.moment(), 1, o.place(), Optional.empty()))));
        all.sort(Comparator.comparing(Span::first));
        return all;
    }
}
