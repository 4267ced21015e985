package org.patchproof.srpm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** The digest algorithms of RPM files, by their OpenPGP numbers (RFC 4880 9.4, RFC 9580 9.5) and rpm's names. */
public enum HashAlgorithm {
    /** Of packages before 2009. */
    MD5(1, "MD5", 16),
    /** Of header digests up to rpm 4.13. */
    SHA1(2, "SHA-1", 20),
    /** What rpm writes by default. */
    SHA256(8, "SHA-256", 32),
    /** Seldom used. */
    SHA384(9, "SHA-384", 48),
    /** Seldom used before format 6. */
    SHA512(10, "SHA-512", 64),
    /** Seldom used. */
    SHA224(11, "SHA-224", 28),
    /** Of format 6. */
    SHA3_256(12, "SHA3-256", 32);

    private final int number;
    private final String javaName;
    private final int length;

    HashAlgorithm(int number, String javaName, int length) {
        this.number = number;
        this.javaName = javaName;
        this.length = length;
    }

    static Optional<HashAlgorithm> numbered(long number) {
        return Arrays.stream(values()).filter(a -> a.number == number).findFirst();
    }

    /** How many hexadecimal digits its digests have. */
    int hexLength() {
        return 2 * length;
    }

    MessageDigest start() {
        try {
            return MessageDigest.getInstance(javaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks " + javaName + ", which every Java 17 has", e);
        }
    }
}
