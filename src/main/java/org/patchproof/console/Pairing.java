package org.patchproof.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pairs race events into exposures, in the order of the console.
 *
 * <p>With {@code entered}: a holder's pass closes its latest open entry on that object. It is an
 * exposure if the object was invalidated between that entry and the pass. An entry after the
 * invalidation drops the holder's older ones: the object may be a new one at the old address, and the
 * pass then belongs to the new entry. Without {@code entered}: any pass after an invalidation.
 *
 * <p>Always conservative: one exposure per invalidation, and none when the time stamps contradict the
 * order of the lines (messages of two processors may be printed in the wrong order).
 */
final class Pairing {

    /** How a pass is known to have begun before the invalidation. */
    enum Rule {
        BY_ENTRY,
        BY_ORDER
    }

    private record Hold(String holder, String object) {}

    /** Entries that a holder has not passed yet, all made while {@code before} was the last invalidation. */
    private record Open(int count, int before) {}

    /** An invalidation of an object and who passed it. */
    private static final class Instance {
        private final Event invalidated;
        private final Set<String> holders = new LinkedHashSet<>();
        private Event passed;

        Instance(Event invalidated) {
            this.invalidated = invalidated;
        }

        Exposure exposure() {
            return new Exposure(
                    invalidated.object().orElseThrow(),
                    invalidated.line(),
                    passed.line(),
                    passed.stamp(),
                    List.copyOf(holders));
        }
    }

    private final Rule rule;
    private final Map<String, List<Instance>> instances = new HashMap<>();
    private final Map<Hold, Open> open = new HashMap<>();
    private final Set<Instance> exposed = new LinkedHashSet<>();

    Pairing(Rule rule) {
        this.rule = rule;
    }

    /** The next event; its object must be readable. */
    void accept(Event event) {
        switch (event.kind()) {
            case ENTERED -> entered(event);
            case INVALIDATED -> of(event).add(new Instance(event));
            case PASSED -> passed(event);
            default -> throw new IllegalArgumentException("no race event: " + event);
        }
    }

    /** The exposures so far, by their first pass. */
    List<Exposure> exposures() {
        return exposed.stream().map(Instance::exposure).toList();
    }

    /** How many exposures have invalidation and pass below console line {@code line}. */
    int countAfter(long line) {
        return (int) exposed.stream().filter(i -> i.invalidated.line() > line).count();
    }

    private void entered(Event event) {
        int now = of(event).size();
        open.merge(
                hold(event),
                new Open(1, now),
                (old, fresh) -> old.before() == now ? new Open(old.count() + 1, now) : fresh);
    }

    private void passed(Event event) {
        List<Instance> ofObject = of(event);
        Optional<Instance> instance = rule == Rule.BY_ENTRY
                ? firstSince(ofObject, closeEntry(event))
                : firstSince(ofObject, ofObject.size() - 1);
        instance.filter(i -> !contradicts(i.invalidated, event)).ifPresent(i -> {
            if (exposed.add(i)) {
                i.passed = event;
            }
            event.holder().ifPresent(i.holders::add);
        });
    }

    /** Closes the holder's latest entry: the number of invalidations there were before it, -1 without one. */
    private int closeEntry(Event event) {
        Hold hold = hold(event);
        Open entry = open.get(hold);
        if (entry == null) {
            return -1;
        }
        if (entry.count() == 1) {
            open.remove(hold);
        } else {
            open.put(hold, new Open(entry.count() - 1, entry.before()));
        }
        return entry.before();
    }

    private static Optional<Instance> firstSince(List<Instance> instances, int before) {
        return before >= 0 && before < instances.size() ? Optional.of(instances.get(before)) : Optional.empty();
    }

    private static boolean contradicts(Event invalidated, Event passed) {
        return invalidated.stamp().isPresent()
                && passed.stamp().isPresent()
                && passed.stamp().get().compareTo(invalidated.stamp().get()) < 0;
    }

    private List<Instance> of(Event event) {
        return instances.computeIfAbsent(event.object().orElseThrow(), object -> new ArrayList<>());
    }

    private static Hold hold(Event event) {
        return new Hold(event.holder().orElseThrow(), event.object().orElseThrow());
    }
}
