package org.patchproof.verdict;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a candidate would still have to show, all of it clean, before the judge may say FIXED.
 *
 * @param trials further clean trials; an estimate when exposures count
 * @param exposures further clean exposures; empty when only trials count
 * @param words the same as a sentence
 */
public record HowManyMore(int trials, OptionalInt exposures, String words) {

    public HowManyMore {
        Objects.requireNonNull(exposures);
        Objects.requireNonNull(words);
    }
}
