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
 * pass then belongs to the new entry. Without {@code entered}: any pass after an invalidation, unless an
 * object was made at the same address in between.
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

    /**
     * Entries that a holder has not passed yet, all made while {@code before} was the last invalidation.
     *
     * @param line of the entry; empty where there are several, as nothing says which is passed
     */
    private record Open(int count, int before, Optional<Long> line) {}

    /** An invalidation of an object and who passed it. */
    private static final class Instance {
        private final Optional<Long> made;
        private final Event invalidated;
        private final List<Long> entered = new ArrayList<>();
        private final Set<String> holders = new LinkedHashSet<>();
        private Event passed;

        Instance(Optional<Long> made, Event invalidated) {
            this.made = made;
            this.invalidated = invalidated;
        }

        Exposure exposure() {
            return new Exposure(
                    invalidated.object().orElseThrow(),
                    made,
                    entered,
                    invalidated.line(),
                    passed.line(),
                    passed.stamp(),
                    List.copyOf(holders));
        }
    }

    private final Rule rule;
    private final Map<String, List<Instance>> instances = new HashMap<>();
    /** The line in which the object now at an address was made. */
    private final Map<String, Long> made = new HashMap<>();

    private final Map<Hold, Open> open = new HashMap<>();
    private final Set<Instance> exposed = new LinkedHashSet<>();

    Pairing(Rule rule) {
        this.rule = rule;
    }

    /** The next event; its object must be readable. */
    void accept(Event event) {
        switch (event.kind()) {
            case ENTERED -> entered(event);
            case MADE -> made.put(event.object().orElseThrow(), event.line());
            case INVALIDATED ->
                of(event)
                        .add(new Instance(
                                Optional.ofNullable(made.remove(event.object().orElseThrow())), event));
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
                new Open(1, now, Optional.of(event.line())),
                (old, fresh) -> old.before() == now ? new Open(old.count() + 1, now, Optional.empty()) : fresh);
    }

    private void passed(Event event) {
        List<Instance> ofObject = of(event);
        Optional<Open> entry = closeEntry(event);
        Optional<Instance> instance = rule == Rule.BY_ENTRY
                ? entry.flatMap(from -> firstSince(ofObject, from.before()))
                : Optional.of(ofObject.size() - 1)
                        .filter(last -> !made.containsKey(event.object().orElseThrow()))
                        .flatMap(last -> firstSince(ofObject, last));
        instance.filter(i -> !contradicts(i.invalidated, event)).ifPresent(i -> {
            if (exposed.add(i)) {
                i.passed = event;
            }
            event.holder().ifPresent(i.holders::add);
            entry.flatMap(Open::line).ifPresent(i.entered::add);
        });
    }

    /** Closes the holder's latest entry, if there is one. */
    private Optional<Open> closeEntry(Event event) {
        if (rule == Rule.BY_ORDER) {
            return Optional.empty();
        }
        Hold hold = hold(event);
        Open entry = open.get(hold);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.count() == 1) {
            open.remove(hold);
        } else {
            open.put(hold, new Open(entry.count() - 1, entry.before(), Optional.empty()));
        }
        return Optional.of(entry);
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
