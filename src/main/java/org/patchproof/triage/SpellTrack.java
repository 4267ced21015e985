package org.patchproof.triage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The spells of one subject on one node, of one log or of several. */
final class SpellTrack {
    /**
     * More is a device that comes and goes all day: past the first ones the longest and the newest are kept, the
     * others only counted. They are never joined, as what is short would be taken for what lasts.
     */
    private static final int MOST = 500;

    /** Spells that are only counted, and the messages in them. */
    record Counted(long spells, long messages) {
        static final Counted NONE = new Counted(0, 0);

        Counted plus(Counted other) {
            return new Counted(spells + other.spells, messages + other.messages);
        }
    }

    private final Duration gap;
    private final Duration repeats;
    private final List<Spell> spells = new ArrayList<>();
    private Counted counted = Counted.NONE;

    /**
     * @param gap a longer silence ends a spell
     * @param repeats how often the message comes
     */
    SpellTrack(Duration gap, Duration repeats) {
        this.gap = gap;
        this.repeats = repeats;
    }

    void add(Spell one) {
        if (joined(spells, one)) {
            return;
        }
        int end = spells.size() - 1;
        if (spells.size() == MOST) {
            // The last but one is the longest that came past the first ones, and the last has just ended.
            boolean longer =
                    spells.get(end).length().compareTo(spells.get(end - 1).length()) > 0;
            Spell shorter = spells.remove(longer ? end - 1 : end);
            counted = counted.plus(new Counted(1, shorter.count()));
        }
        spells.add(one);
        if (spells.size() < MOST) {
            Rhythm.join(spells);
        }
    }

    /** Joins {@code one} to the last of {@code spells} when it goes on with it. */
    private boolean joined(List<Spell> spells, Spell one) {
        int end = spells.size() - 1;
        boolean goesOn = end >= 0 && spells.get(end).goesOnWith(one, gap, repeats);
        if (goesOn) {
            spells.set(end, spells.get(end).join(one));
        }
        return goesOn;
    }

    /** By which clock it is, as its first spell is. */
    Moment.Clock clock() {
        return spells.get(0).first().clock();
    }

    /** What is not kept. */
    Counted counted() {
        return counted;
    }

    /** The spells of several logs in order of time, joined where one goes on with another; all that they kept. */
    static List<Spell> merge(List<SpellTrack> tracks) {
        List<Spell> inOrder = tracks.stream()
                .flatMap(track -> track.spells.stream())
                .sorted(Comparator.comparing((Spell s) -> s.first().clock()).thenComparing(Spell::first))
                .toList();
        List<Spell> merged = new ArrayList<>();
        for (Spell one : inOrder) {
            if (!tracks.get(0).joined(merged, one)) {
                merged.add(one);
                Rhythm.join(merged);
            }
        }
        return List.copyOf(merged);
    }
}
