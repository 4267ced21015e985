package org.patchproof.console;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.patchproof.console.RegexShape.Unsupported;

/**
 * What a line must contain for a pattern to be found in it: at least one of these texts. Asking for them
 * first spares most lines the regular expression.
 *
 * @param texts printable ASCII, none empty; in lower case when letter case does not matter
 * @param letterCase whether it matters
 */
public record RequiredLiterals(Set<String> texts, LetterCase letterCase) {

    /** Shorter texts are in every other line. */
    static final int SHORTEST = 3;

    private static final String IGNORE_CASE = "(?i)";

    /** Whether a text is found in another letter case too. */
    public enum LetterCase {
        EXACT,
        ANY
    }

    public RequiredLiterals {
        texts = Set.copyOf(texts);
    }

    /**
     * The texts for a pattern without flags other than a leading {@code (?i)}. Empty when there are none,
     * or when the pattern has something that is not understood here: then every line has to be tried.
     */
    public static Optional<RequiredLiterals> of(Pattern pattern) {
        String regex = pattern.pattern();
        boolean ignoreCase = regex.startsWith(IGNORE_CASE) || pattern.flags() == Pattern.CASE_INSENSITIVE;
        if ((pattern.flags() & ~Pattern.CASE_INSENSITIVE) != 0) {
            return Optional.empty();
        }
        try {
            String rest = regex.startsWith(IGNORE_CASE) ? regex.substring(IGNORE_CASE.length()) : regex;
            return new RegexParser(rest)
                    .parse()
                    .required()
                    .filter(texts -> texts.stream().allMatch(t -> t.length() >= SHORTEST))
                    .map(texts -> new RequiredLiterals(
                            ignoreCase ? lower(texts) : texts, ignoreCase ? LetterCase.ANY : LetterCase.EXACT));
        } catch (Unsupported e) {
            return Optional.empty();
        }
    }

    private static Set<String> lower(Set<String> texts) {
        Set<String> lower = new TreeSet<>();
        texts.forEach(text -> lower.add(text.toLowerCase(Locale.ROOT)));
        return lower;
    }
}
