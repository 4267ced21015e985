package org.patchproof.triage;

import java.time.Duration;
import java.util.List;

/**
 * Tells from a log how often a symptom comes, where it comes more rarely than its spec says: a kernel may be told
 * to warn each few minutes. Single messages at equal distances are one spell.
 */
final class Rhythm {
    /** So many in a row; of fewer, distances may be equal by chance. */
    private static final int MESSAGES = 4;

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Stamps are to the second, and the kernel looks at its clock some times a second. */
    private static final Duration BLUR = Duration.ofSeconds(2);

    private Rhythm() {}

    /** Joins the last of {@code spells} where they have one. */
    static void join(List<Spell> spells) {
        int from = spells.size() - MESSAGES;
        if (from < 0 || !spells.subList(from, spells.size()).stream().allMatch(Spell::isSingle)) {
            return;
        }
        Duration least = LONGEST;
        Duration most = Duration.ZERO;
        for (int i = from + 1; i < spells.size(); i++) {
            if (spells.get(i).first().clock() != spells.get(i - 1).last().clock()) {
                return;
            }
            Duration distance = spells.get(i).first().since(spells.get(i - 1).last());
            least = distance.compareTo(least) < 0 ? distance : least;
            most = distance.compareTo(most) > 0 ? distance : most;
        }
        boolean even = most.minus(least).compareTo(least.dividedBy(8).plus(BLUR)) <= 0;
        if (even && most.compareTo(LONGEST) <= 0) {
            Spell all = spells.subList(from, spells.size()).stream()
                    .reduce(Spell::join)
                    .orElseThrow();
            spells.subList(from, spells.size()).clear();
            spells.add(all.every(most));
        }
    }
}
