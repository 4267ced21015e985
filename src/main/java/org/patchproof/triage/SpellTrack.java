package org.patchproof.triage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The spells of one subject on one node, of one log or of several. */
final class SpellTrack {
    /** More is a device that comes and goes all day; the first ones and the count tell as much. */
    private static final int MOST = 500;

    private final Duration gap;
    private final List<Spell> spells = new ArrayList<>();

    /** @param gap a longer silence ends a spell */
    SpellTrack(Duration gap) {
        this.gap = gap;
    }

    void add(Spell one) {
        int end = spells.size() - 1;
        if (end >= 0 && (spells.get(end).goesOnWith(one, gap) || spells.size() == MOST)) {
            spells.set(end, spells.get(end).join(one));
        } else {
            spells.add(one);
        }
    }

    List<Spell> spells() {
        return List.copyOf(spells);
    }

    /** The spells of several logs in order of time, joined where one goes on with another. */
    static List<Spell> merge(List<SpellTrack> tracks) {
        SpellTrack merged = new SpellTrack(tracks.get(0).gap);
        tracks.stream()
                .flatMap(track -> track.spells.stream())
                .sorted(Comparator.comparing((Spell s) -> s.first().clock()).thenComparing(Spell::first))
                .forEach(merged::add);
        return merged.spells();
    }
}
