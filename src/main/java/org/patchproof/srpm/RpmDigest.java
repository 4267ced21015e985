package org.patchproof.srpm;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A digest as an RPM header states it.
 *
 * @param algorithm how it was made
 * @param hex its value, lower-case hexadecimal digits, of the algorithm's length
 */
public record RpmDigest(HashAlgorithm algorithm, String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

    public RpmDigest {
        Objects.requireNonNull(algorithm);
        if (!isHex(algorithm, hex)) {
            throw new IllegalArgumentException("not the digits of a " + algorithm + " digest: " + hex);
        }
    }

    static boolean isHex(HashAlgorithm algorithm, String hex) {
        return hex.length() == algorithm.hexLength() && HEX.matcher(hex).matches();
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
