package org.patchproof.verdict;

import java.util.Optional;
import java.util.function.Supplier;
import org.patchproof.verdict.Verdict.Word;

/** A word and its reason, before it is told at length. */
record Finding(Word word, String reason, Optional<HowManyMore> howManyMore) {

    static final Finding FIXED = new Finding(
            Word.FIXED, "the control shows the bug, and the candidate, exercised at least as much, does not");

    Finding(Word word, String reason) {
        this(word, reason, Optional.empty());
    }

    static Finding inconclusive(String reason) {
        return new Finding(Word.INCONCLUSIVE, reason);
    }

    Finding with(Optional<HowManyMore> more) {
        return new Finding(word, reason, more);
    }

    /** The first objection; without any, the candidate is {@link #FIXED}. */
    @SafeVarargs
    static Finding firstOf(Supplier<Optional<Finding>>... objections) {
        for (Supplier<Optional<Finding>> objection : objections) {
            Optional<Finding> finding = objection.get();
            if (finding.isPresent()) {
                return finding.get();
            }
        }
        return FIXED;
    }
}
