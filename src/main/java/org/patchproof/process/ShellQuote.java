package org.patchproof.process;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes arguments for display, so that a person can paste a command. Nothing here is ever executed. */
public final class ShellQuote {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellQuote() {}

    /** One argument; as it is where a shell takes it for itself. */
    public static String quote(String argument) {
        if (PLAIN.matcher(argument).matches()) {
            return argument;
        }
        return "'" + argument.replace("'", "'\\''") + "'";
    }

    /** A command with its arguments. */
    public static String join(List<String> argv) {
        return argv.stream().map(ShellQuote::quote).collect(Collectors.joining(" "));
    }
}
