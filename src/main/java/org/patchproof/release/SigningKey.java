package org.patchproof.release;

import java.util.Objects;

/**
 * A key to sign with; the secret stays with gpg's agent.
 *
 * @param fingerprint 40 upper-case hex digits, or 64
 * @param user whose it is
 */
public record SigningKey(String fingerprint, String user) {
    public SigningKey {
        Objects.requireNonNull(user);
        if (!fingerprint.matches("[0-9A-F]{40}([0-9A-F]{24})?")) {
            throw new IllegalArgumentException("not a fingerprint: " + fingerprint);
        }
    }

    /** Its last 16 digits, as rpm names it. */
    public String id() {
        return fingerprint.substring(fingerprint.length() - 16);
    }
}
