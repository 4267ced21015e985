package org.patchproof.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.console.Event.Kind;

/** Finds the race events of one bug in lines and pairs those that can be paired. */
final class RaceEvents {

    /**
     * What a kernel prints in the place of a pointer that it cannot or will not show:
     * lib/vsprintf.c, and {@code (nil)} of the C library.
     */
    private static final Pattern NO_POINTER = Pattern.compile("\\(.*|(?:0x)?0*|.*\uFFFD.*");

    private final ExposurePatterns patterns;
    private final Pairing pairing;
    private final List<Unreadable> unreadable = new ArrayList<>();

    RaceEvents(ExposurePatterns patterns) {
        this.patterns = patterns;
        this.pairing = new Pairing(patterns.entered().isPresent() ? Pairing.Rule.BY_ENTRY : Pairing.Rule.BY_ORDER);
    }

    /** Finds what {@code line} says and hands each event to {@code events}. */
    void accept(ConsoleLine line, Consumer<Event> events) {
        patterns.entered().ifPresent(entered -> find(Kind.ENTERED, entered, line, events));
        find(Kind.INVALIDATED, patterns.invalidated(), line, events);
        find(Kind.PASSED, patterns.passed(), line, events);
    }

    Pairing pairing() {
        return pairing;
    }

    List<Unreadable> unreadable() {
        return unreadable;
    }

    private void find(Kind kind, Pattern pattern, ConsoleLine line, Consumer<Event> events) {
        Matcher matcher = pattern.matcher(line.text());
        if (!matcher.find()) {
            return;
        }
        String object = Groups.get(matcher, "object").orElse("").strip();
        Optional<String> holder = Groups.get(matcher, "who")
                .map(who -> line.caller().map(caller -> who + "@" + caller).orElse(who));
        Event event = new Event(kind, line.number(), line.stamp(), Optional.of(object), holder, line.text());
        events.accept(event);
        whyNotReadable(event)
                .ifPresentOrElse(
                        why -> {
                            if (unreadable.size() < Evidence.EVENT_LIMIT) {
                                unreadable.add(new Unreadable(line.number(), object, why));
                            }
                        },
                        () -> pairing.accept(event));
    }

    private Optional<String> whyNotReadable(Event event) {
        String object = event.object().orElseThrow();
        if (object.contains("ptrval")) {
            return Optional.of("the guest's random pool was not ready, so the kernel hid every pointer alike;"
                    + " give the guest entropy (virtio-rng, random.trust_cpu=on) or print %px");
        }
        if (NO_POINTER.matcher(object).matches()) {
            return Optional.of("the console names no object that can be told from others: '" + object
                    + "'; print the pointer with %px");
        }
        boolean needsHolder = patterns.entered().isPresent() && event.kind() != Kind.INVALIDATED;
        if (needsHolder && event.holder().filter(h -> !h.contains("\uFFFD")).isEmpty()) {
            return Optional.of("the line does not say who holds " + object);
        }
        return Optional.empty();
    }
}
