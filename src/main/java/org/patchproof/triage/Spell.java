package org.patchproof.triage;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A time during which the symptom came again and again on one subject.
 *
 * @param count how often
 * @param value the number that the symptom tells
 * @param rhythm how far its messages are from one another, where that is more than the spec says; else 0
 * @param place the first line
 * @param text the message there
 */
record Spell(Moment first, Moment last, long count, Optional<Range> value, Duration rhythm, Seen place, String text) {

    /** So many messages may be in one of two logs of the same. */
    private static final long MISSED = 6;

    /** Where a number was at last, and between what it was. */
    record Range(long least, long most, long last) {
        Range join(Range later) {
            return new Range(Math.min(least, later.least), Math.max(most, later.most), later.last);
        }
    }

    Spell {
        Objects.requireNonNull(first);
        Objects.requireNonNull(last);
        Objects.requireNonNull(value);
        Objects.requireNonNull(rhythm);
        Objects.requireNonNull(place);
        Objects.requireNonNull(text);
    }

    /** A line, that stands for {@code count} messages. */
    static Spell of(Moment moment, long count, Optional<Range> value, Seen place, String text) {
        return new Spell(moment, moment, count, value, Duration.ZERO, place, text);
    }

    /** Whether it is of one moment. */
    boolean isSingle() {
        return first.equals(last);
    }

    Spell every(Duration distance) {
        return new Spell(first, last, count, value, distance, place, text);
    }

    /** A longer silence ends it; of its own rhythm, one message may be lost. */
    Duration gap(Duration usual) {
        Duration own = rhythm.multipliedBy(5).dividedBy(2);
        return own.compareTo(usual) > 0 ? own : usual;
    }

    Duration length() {
        return last.since(first);
    }

    /**
     * Whether this, by the clock of the kernel, is what {@code other} is by that of the day: as long, and as often.
     *
     * @param blur what lengths may differ by
     */
    boolean isTwinOf(Spell other, Duration blur) {
        return first.clock() == Moment.Clock.BOOT
                && other.first.clock() == Moment.Clock.WALL
                && length().minus(other.length()).abs().compareTo(blur) <= 0
                && Math.abs(count - other.count) <= MISSED;
    }

    /** Whether {@code later}, which does not begin before this, goes on with it. */
    boolean goesOnWith(Spell later, Duration usual, Duration each) {
        // A line that stands for several messages was written after the last of them.
        Duration most = gap(later.gap(usual)).plus(each.multipliedBy(later.count - 1));
        return last.clock() == later.first.clock() && later.first.since(last).compareTo(most) <= 0;
    }

    /** Both as one. Of the same time in two logs the messages count once. */
    Spell join(Spell later) {
        boolean again = later.first.notAfter(last) && !later.place.log().equals(place.log());
        return new Spell(
                first,
                later.last.compareTo(last) > 0 ? later.last : last,
                again ? Math.max(count, later.count) : count + later.count,
                value.isPresent() && later.value.isPresent()
                        ? Optional.of(value.get().join(later.value.get()))
                        : value.or(() -> later.value),
                rhythm.compareTo(later.rhythm) >= 0 ? rhythm : later.rhythm,
                place,
                text);
    }
}
