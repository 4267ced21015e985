package org.patchproof.console;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Named groups of a pattern; Java 17 cannot list them. */
final class Groups {

    private Groups() {}

    /** Whether {@code pattern} has a group named {@code name}. */
    static boolean has(Pattern pattern, String name) {
        return pattern.pattern().contains("(?<" + name + ">");
    }

    /** What group {@code name} matched; empty when the pattern has no such group or it took no part. */
    static Optional<String> get(Matcher matched, String name) {
        return has(matched.pattern(), name) ? Optional.ofNullable(matched.group(name)) : Optional.empty();
    }
}
