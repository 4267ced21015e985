package org.patchproof.console;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is known of the texts that a part of a regular expression matches. The rules are those of the
 * pre-filters of RE2 and of GNU grep's "must" strings.
 *
 * @param exact all texts that it matches, when they are few
 * @param needed one of these is in each text that it matches, when such are known
 */
record RegexShape(Optional<Set<String>> exact, Optional<Set<String>> needed) {
    private static final int MOST = 256;
    private static final int LONGEST = 48;

    /** Matches what it likes. */
    static final RegexShape ANYTHING = new RegexShape(Optional.empty(), Optional.empty());

    /** Matches without taking a character: an anchor, a boundary, a look to one side. */
    static final RegexShape NOTHING = exactly(Set.of(""));

    /** Something in a regular expression that is not understood. */
    static final class Unsupported extends Exception {
        private static final long serialVersionUID = 1L;

        Unsupported(String what) {
            super(what);
        }
    }

    static RegexShape exactly(Set<String> texts) {
        boolean small = texts.size() <= MOST && texts.stream().allMatch(t -> t.length() <= LONGEST);
        return small ? new RegexShape(Optional.of(texts), Optional.empty()) : ANYTHING;
    }

    /** The texts of which one must be there. */
    Optional<Set<String>> required() {
        return better(useful(exact), needed);
    }

    /** This and then {@code next}. */
    RegexShape then(RegexShape next) {
        if (exact.isPresent() && next.exact.isPresent()) {
            Set<String> product = new TreeSet<>();
            for (String first : exact.get()) {
                next.exact.get().forEach(second -> product.add(first + second));
            }
            if (exactly(product).exact.isPresent()) {
                return new RegexShape(Optional.of(product), better(needed, next.needed));
            }
        }
        return new RegexShape(Optional.empty(), better(required(), next.required()));
    }

    /** This or {@code other}. */
    RegexShape or(RegexShape other) {
        if (exact.isPresent() && other.exact.isPresent()) {
            RegexShape both = exactly(union(exact.get(), other.exact.get()));
            if (both.exact.isPresent()) {
                return both;
            }
        }
        Optional<Set<String>> mine = required();
        Optional<Set<String>> others = other.required();
        return mine.isPresent() && others.isPresent()
                ? new RegexShape(
                        Optional.empty(),
                        Optional.of(union(mine.get(), others.get())).filter(u -> u.size() <= MOST))
                : ANYTHING;
    }

    /** This, perhaps. */
    RegexShape maybe() {
        return or(NOTHING);
    }

    /** This, once or more. */
    RegexShape repeated() {
        return new RegexShape(Optional.empty(), required());
    }

    private static Optional<Set<String>> useful(Optional<Set<String>> texts) {
        return texts.filter(t -> !t.isEmpty() && t.stream().noneMatch(String::isEmpty))
                .map(RegexShape::withoutLonger);
    }

    /** Where a text is there, those in it are too. */
    static Set<String> withoutLonger(Set<String> texts) {
        Set<String> kept = new TreeSet<>();
        for (String text : texts) {
            if (texts.stream().noneMatch(other -> !other.equals(text) && text.contains(other))) {
                kept.add(text);
            }
        }
        return kept;
    }

    /** Long texts are rare ones; of such, few. */
    private static Optional<Set<String>> better(Optional<Set<String>> a, Optional<Set<String>> b) {
        return Stream.of(a, b)
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(RegexShape::shortest)
                        .thenComparing(
                                Comparator.<Set<String>>comparingInt(Set::size).reversed()));
    }

    private static int shortest(Set<String> texts) {
        return texts.stream().mapToInt(String::length).min().orElse(0);
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> union = new TreeSet<>(a);
        union.addAll(b);
        return union;
    }
}
