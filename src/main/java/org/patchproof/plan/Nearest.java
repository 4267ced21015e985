package org.patchproof.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** "Did you mean": known names by their edit distance from one that is not known. */
final class Nearest {
    private static final int MOST = 3;
    private static final int LONGEST = 100;

    private Nearest() {}

    /** At most three of the known names, the nearest first; empty when none is near. */
    static List<String> to(String given, Collection<String> known) {
        if (given.isEmpty() || given.length() > LONGEST) {
            return List.of();
        }
        String low = given.toLowerCase(Locale.ROOT);
        record Scored(String name, int distance) {}
        return known.stream()
                .filter(name -> name.length() <= 2 * LONGEST)
                .map(name -> new Scored(name, score(low, name.toLowerCase(Locale.ROOT))))
                .filter(scored -> scored.distance() <= allowed(low.length()))
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .limit(MOST)
                .map(Scored::name)
                .toList();
    }

    /** {@code Did you mean "a" or "b"? Known: a, b, c.} */
    static String hint(String given, Collection<String> known) {
        String all = known.isEmpty() ? "There are none yet." : "Known: " + Shown.list(known) + ".";
        List<String> near = to(given, known);
        if (near.isEmpty()) {
            return all;
        }
        String names = near.stream().map(Shown::quote).collect(Collectors.joining(" or "));
        return "Did you mean " + names + "? " + all;
    }

    /** Short names differ by little anyway. */
    private static int allowed(int length) {
        return length < 4 ? 1 : Math.max(2, length / 3);
    }

    /** A part of a name, {@code 6.1} of {@code linux-6.1}, is as near as one typing mistake. */
    private static int score(String given, String name) {
        return given.length() >= 3 && name.contains(given) ? Math.min(1, distance(given, name)) : distance(given, name);
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
