package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A list of patches as {@code guards} reads it: patches a line, guards before them, comments.
 *
 * @param entries those that may be applied, in order
 * @param odd the first line that is not understood
 */
public record SeriesConf(List<Entry> entries, Optional<String> odd) {
    private static final int ENTRIES_LIMIT = 200_000;
    private static final int LONGEST = 4096;
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s+)#.*");
    private static final Pattern GUARD = Pattern.compile("[-+]!?\\w*");
    private static final Pattern PATCH = Pattern.compile("(?!.*(?:^|/)\\.{1,2}(?:/|$))[\\w.][\\w./+@:,=-]{0,499}");

    public SeriesConf {
        entries = List.copyOf(entries);
    }

    /**
     * A patch.
     *
     * @param patch its path in a tarball; of words and slashes, without {@code ..}
     * @param guards before it, which symbols that are not known decide on; empty when it is surely applied
     */
    public record Entry(String patch, List<String> guards) {
        public Entry {
            Objects.requireNonNull(patch);
            guards = List.copyOf(guards);
        }
    }

    /** Reads a series as {@code plan} says. */
    public static SeriesConf parse(String text, SeriesPlan plan) {
        List<Entry> entries = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.length() > LONGEST) {
                return new SeriesConf(entries, Optional.of(shown(line.substring(0, LONGEST))));
            }
            // What no guards read is a command line: one patch, from the first column on.
            String words = COMMENT.matcher(line).replaceFirst("").stripTrailing();
            List<String> guards = List.of();
            int patches = 0;
            for (String word : words.strip().split("[ \t]+")) {
                if (word.isEmpty()) {
                    continue;
                }
                if (GUARD.matcher(word).matches() && plan.guarded()) {
                    guards = with(guards, word);
                } else if (!PATCH.matcher(word).matches() || entries.size() == ENTRIES_LIMIT) {
                    return new SeriesConf(entries, Optional.of(shown(line)));
                } else {
                    patches++;
                    entry(word, guards, plan.symbols()).ifPresent(entries::add);
                }
            }
            if (!plan.guarded() && (patches > 1 || !words.equals(words.strip()))) {
                return new SeriesConf(entries, Optional.of(shown(line)));
            }
        }
        return new SeriesConf(entries, Optional.empty());
    }

    /** Another list, as the patches before have the one that was. */
    private static List<String> with(List<String> guards, String guard) {
        List<String> more = new ArrayList<>(guards);
        more.add(guard);
        return List.copyOf(more);
    }

    private static Optional<Entry> entry(String patch, List<String> guards, Optional<Set<String>> symbols) {
        if (guards.isEmpty()) {
            return Optional.of(new Entry(patch, List.of()));
        }
        if (symbols.isPresent() || guards.equals(List.of("-"))) {
            return selected(guards, symbols.orElse(Set.of()))
                    ? Optional.of(new Entry(patch, List.of()))
                    : Optional.empty();
        }
        return Optional.of(new Entry(patch, guards));
    }

    /** The last guard that matches decides; where none does, the first one says what it is an exception from. */
    private static boolean selected(List<String> guards, Set<String> symbols) {
        boolean selected = guards.get(0).startsWith("-");
        for (String guard : guards) {
            boolean not = guard.startsWith("!", 1);
            String symbol = guard.substring(not ? 2 : 1);
            boolean matches = not ? !symbols.contains(symbol) : symbol.isEmpty() || symbols.contains(symbol);
            selected = matches ? guard.startsWith("+") : selected;
        }
        return selected;
    }

    private static String shown(String line) {
        String words = line.replaceAll("\\s+", " ").replaceAll("[^ -~]", "?").strip();
        return words.length() > 80 ? words.substring(0, 80) + "..." : words;
    }
}
