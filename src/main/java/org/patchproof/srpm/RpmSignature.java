package org.patchproof.srpm;

import java.util.Objects;
import java.util.Optional;

/**
 * A signature that a package carries. It was read, not verified: whether it is good, and whether the
 * key is to be trusted, only {@code rpmkeys} with its keyring can say.
 *
 * @param tag which of rpm's signature tags it stands in, such as {@code RSAHEADER}
 * @param keyId the signer's key, 16 lower-case hexadecimal digits; absent if the signature names none
 */
public record RpmSignature(String tag, Optional<String> keyId) {
    public RpmSignature {
        Objects.requireNonNull(tag);
        Objects.requireNonNull(keyId);
    }
}
