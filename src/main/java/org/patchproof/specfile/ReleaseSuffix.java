package org.patchproof.specfile;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is added to a package's release, so that a patched kernel is never taken for the vendor's.
 *
 * @param value {@code .name} or {@code .name.more}: lower-case letters, digits and {@code _}; no
 *     {@code -}, which rpm does not allow in a release; at most 64 characters
 */
public record ReleaseSuffix(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("\\.[a-z0-9_]+(\\.[a-z0-9_]+)*");

    public ReleaseSuffix {
        Objects.requireNonNull(value);
        if (value.length() > 64 || !GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("release suffix '" + value
                    + "': write .name or .name.more with lower-case letters, digits and _ (at most 64), as .refleak");
        }
    }
}
