package org.patchproof.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names that somebody may have meant. */
final class Similar {
    private Similar() {}

    /** Those of {@code known} that are few typing mistakes away, or begin alike; the nearest first. */
    static List<String> to(String given, Collection<String> known) {
        int allowed = Math.max(1, given.length() / 3);
        record Scored(String name, int distance) {}
        return known.stream()
                .map(name -> new Scored(name, distance(given, name)))
                .filter(scored -> scored.distance() <= allowed)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .map(Scored::name)
                .toList();
    }

    /** Levenshtein's; 0 or 1 for a name that begins with what was given. */
    private static int distance(String given, String name) {
        if (given.replace("-", "").length() >= 3 && name.startsWith(given)) {
            return 1;
        }
        int[] row = new int[name.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= given.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (given.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[name.length()];
    }
}
