package org.patchproof.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.patchproof.process.ShellQuote;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command line, to be typed again. It is made of what was parsed, not of a list of options: one that is
 * forgotten would make the next run ask for less than this one.
 */
final class Typed {
    private Typed() {}

    /** All that was given for {@code command} but {@code without}, quoted for a shell. */
    static String again(CommandSpec command, String without) {
        List<String> words = new ArrayList<>(List.of(command.qualifiedName(" ").split(" ")));
        // What may be given more than once stands there as often, each time with all of its values.
        for (ArgSpec given :
                new LinkedHashSet<>(command.commandLine().getParseResult().matchedArgs())) {
            boolean left =
                    given instanceof OptionSpec option && option.longestName().equals(without);
            if (!left) {
                words.addAll(words(given));
            }
        }
        return ShellQuote.join(words);
    }

    private static List<String> words(ArgSpec given) {
        if (!(given instanceof OptionSpec option)) {
            return given.originalStringValues();
        }
        if (option.arity().max() == 0) {
            return List.of(option.longestName());
        }
        List<String> words = new ArrayList<>();
        for (String value : given.originalStringValues()) {
            words.add(option.longestName());
            words.add(value);
        }
        return words;
    }
}
