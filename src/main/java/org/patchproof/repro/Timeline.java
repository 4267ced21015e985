package org.patchproof.repro;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.console.Event;
import org.patchproof.console.Evidence;
import org.patchproof.console.Exposure;
import org.patchproof.repro.Moment.Kind;

/** The moments of one console, in its order: what a person would mark in it. */
final class Timeline {
    /** So many of each kind are kept, the first ones: a picture of more says no more. */
    static final int MOST_OF_A_KIND = 400;

    private Timeline() {}

    static List<Moment> of(Evidence evidence) {
        List<Moment> moments = new ArrayList<>();
        add(
                moments,
                evidence.marks().stream().map(mark -> new Moment(Kind.MARK, mark.line(), mark.stamp(), mark.word())));
        add(
                moments,
                evidence.unreadable().stream()
                        .map(u -> new Moment(Kind.UNREADABLE, u.line(), Optional.empty(), u.reason())));
        add(moments, evidence.exposures().stream().map(Timeline::exposure));
        add(
                moments,
                evidence.timeline().stream()
                        .filter(event -> event.kind() == Event.Kind.SYMPTOM)
                        .map(event -> new Moment(Kind.SYMPTOM, event.line(), event.stamp(), event.text())));
        add(
                moments,
                evidence.faults().stream()
                        .map(fault -> new Moment(Kind.FAULT, fault.line(), fault.stamp(), fault.title())));
        moments.sort(Comparator.comparingLong(Moment::line));
        return List.copyOf(moments);
    }

    private static void add(List<Moment> moments, Stream<Moment> ofAKind) {
        ofAKind.limit(MOST_OF_A_KIND).forEach(moments::add);
    }

    private static Moment exposure(Exposure exposure) {
        String users = exposure.holders().isEmpty() ? "" : " by " + String.join(", ", exposure.holders());
        return new Moment(
                Kind.EXPOSURE,
                exposure.passedLine(),
                exposure.passedStamp(),
                exposure.object() + ", invalidated in line " + exposure.invalidatedLine() + ", used" + users);
    }
}
