package org.patchproof.triage;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.console.RequiredLiterals;
import org.patchproof.console.RequiredLiterals.LetterCase;

/**
 * A pattern, and the texts of which each line that it is found in has one: most lines are told from them,
 * which is faster than the pattern.
 *
 * @param texts none when nothing is known
 */
record Sought(Pattern pattern, List<String> texts) {
    Sought {
        texts = List.copyOf(texts);
    }

    static Sought of(String regex) {
        return of(Pattern.compile(regex));
    }

    static Sought of(Pattern pattern) {
        List<String> texts = RequiredLiterals.of(pattern)
                .filter(literals -> literals.letterCase() == LetterCase.EXACT)
                .map(literals -> List.copyOf(literals.texts()))
                .orElse(List.of());
        return new Sought(pattern, texts);
    }

    /** Where it is found first. */
    Optional<Matcher> in(String line) {
        if (!texts.isEmpty() && !hasText(line)) {
            return Optional.empty();
        }
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(matcher) : Optional.empty();
    }

    private boolean hasText(String line) {
        for (String text : texts) {
            if (line.contains(text)) {
                return true;
            }
        }
        return false;
    }
}
