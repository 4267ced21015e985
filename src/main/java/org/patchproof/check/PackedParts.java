package org.patchproof.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What packed patches of a vendor's do to those files that were asked for so far. No more of them is kept:
 * a stable patch, or a series in its tarballs, is hundreds of megabytes.
 *
 * @param parts per patch and path, in the order in which they are applied
 * @param troubles why something is not known
 */
record PackedParts(List<Part> parts, List<Trouble> troubles) {
    static final PackedParts NONE = new PackedParts(List.of(), List.of());

    PackedParts {
        parts = List.copyOf(parts);
        troubles = List.copyOf(troubles);
    }

    /**
     * What one patch does to one file.
     *
     * @param from the file of the package that brings it
     * @param name the patch's own
     * @param sha256 of its sections
     * @param guards on which it depends whether it is applied at all
     */
    record Part(String from, String name, String path, String sha256, List<String> guards) {
        Part {
            guards = List.copyOf(guards);
            Objects.requireNonNull(from);
            Objects.requireNonNull(name);
            Objects.requireNonNull(path);
            Objects.requireNonNull(sha256);
        }
    }

    /** What is wrong with a file of the package, in a line. */
    record Trouble(String from, String what) {
        Trouble {
            what = what.replaceAll("\\s+", " ").strip();
        }
    }

    /** With what is now known of {@code paths} in the place of what was; what was in trouble stays so. */
    PackedParts with(PackedParts now, Set<String> paths) {
        List<Part> all = new ArrayList<>(parts);
        all.removeIf(part -> paths.contains(part.path()));
        all.addAll(now.parts);
        Set<Trouble> wrong = new LinkedHashSet<>(troubles);
        wrong.addAll(now.troubles);
        return new PackedParts(all, new ArrayList<>(wrong));
    }

    /** The troubles, by the file that they are with. */
    Map<String, List<String>> troublesByFile() {
        return troubles.stream()
                .collect(Collectors.groupingBy(Trouble::from, Collectors.mapping(Trouble::what, Collectors.toList())));
    }

    void print(StringBuilder text) {
        for (Part part : parts) {
            text.append("part ").append(part.sha256()).append(' ').append(part.path());
            text.append(' ').append(part.from()).append(' ').append(part.name());
            part.guards().forEach(guard -> text.append(' ').append(guard));
            text.append('\n');
        }
        for (Trouble trouble : troubles) {
            text.append("trouble ").append(trouble.from()).append(' ');
            text.append(trouble.what()).append('\n');
        }
    }

    /** Reads what {@link #print} wrote. */
    static final class Reader {
        private final List<Part> parts = new ArrayList<>();
        private final List<Trouble> troubles = new ArrayList<>();

        /** Whether a line, of which the words are given too, is one of these. */
        boolean read(String[] words, String line) {
            if (words[0].equals("part") && words.length > 4) {
                List<String> guards = Arrays.asList(words).subList(5, words.length);
                parts.add(new Part(words[3], words[4], words[2], words[1], guards));
            } else if (words[0].equals("trouble") && words.length > 2) {
                troubles.add(new Trouble(words[1], line.substring(9 + words[1].length())));
            } else {
                return false;
            }
            return true;
        }

        PackedParts parts() {
            return parts.isEmpty() && troubles.isEmpty() ? NONE : new PackedParts(parts, troubles);
        }
    }
}
