package org.patchproof.verdict;

import java.util.Objects;
import java.util.Optional;

/**
 * What is concluded about one variant of one kernel.
 *
 * @param word the verdict
 * @param reason why, in one sentence
 * @param numbers all that went into it
 * @param explanation the whole story, to be read aloud
 * @param howManyMore what it would take to conclude, when all that lacks is numbers
 * @param lane by which the kernel came to the trials; what earlier versions wrote was all {@link Lane#RPM}
 */
public record Verdict(
        Word word, String reason, Numbers numbers, String explanation, Optional<HowManyMore> howManyMore, Lane lane) {

    /** The verdicts there are. */
    public enum Word {
        /** A control shows the bug. */
        REPRODUCED,
        /** A control was exercised and does not show the bug. */
        NOT_REPRODUCED,
        /** A candidate mends the bug. */
        FIXED,
        /** A candidate shows the bug. */
        STILL_REPRODUCES,
        /** A candidate shows a fault that the control does not. */
        REGRESSED,
        /** A patch does not apply. */
        PATCH_REJECTED,
        /** It does not build. */
        BUILD_FAILED,
        /** It does not install. */
        INSTALL_FAILED,
        /** It does not boot. */
        BOOT_FAILED,
        /** Nothing may be concluded; the reason says why. */
        INCONCLUSIVE
    }

    public Verdict {
        Objects.requireNonNull(word);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(numbers);
        Objects.requireNonNull(explanation);
        Objects.requireNonNull(howManyMore);
        lane = lane == null ? Lane.RPM : lane;
    }

    /** In the usual lane. */
    public Verdict(Word word, String reason, Numbers numbers, String explanation, Optional<HowManyMore> howManyMore) {
        this(word, reason, numbers, explanation, howManyMore, Lane.RPM);
    }

    /** The same, concluded in {@code other}: its story says so. */
    public Verdict in(Lane other) {
        return new Verdict(word, reason, numbers, explanation + other.caveat(), howManyMore, other);
    }

    /** The word, and the lane where it is not the usual one. */
    public String label() {
        return lane.mark(word.name());
    }
}
