package org.patchproof.plan;

import java.util.regex.Pattern;

/** Names of kernels, guests, bugs and variants: they become file names, labels and parts of host names. */
final class Names {
    static final String SYNTAX = "[a-z0-9][a-z0-9._-]{0,63}";
    private static final Pattern NAME = Pattern.compile(SYNTAX);

    private Names() {}

    static boolean valid(String name) {
        return NAME.matcher(name).matches();
    }

    static String require(String name) {
        if (!valid(name)) {
            throw new IllegalArgumentException("no name: '" + name + "' does not match " + SYNTAX);
        }
        return name;
    }
}
