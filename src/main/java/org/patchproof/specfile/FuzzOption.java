package org.patchproof.specfile;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.patch.ApplyRule;

/** The fuzz of a {@code patch} command line. */
final class FuzzOption {
    private static final Pattern FUZZ = Pattern.compile("\\s(?:-F\\s*|--fuzz[= ])(\\d{1,3})\\b");
    private static final int GNU_DEFAULT = 2;

    private FuzzOption() {}

    /** The rule of the strictest of several commands: which one is in force depends on rpm's options. */
    static ApplyRule strictest(Collection<String> commands) {
        int fuzz = commands.stream().mapToInt(FuzzOption::of).min().orElse(0);
        if (fuzz > GNU_DEFAULT) {
            throw new Refusal(
                    "the spec applies patches with a fuzz of " + fuzz + ": hunks may land in the wrong function",
                    "take the fuzz back to what the vendor shipped, at most 2");
        }
        return ApplyRule.gnuPatch(fuzz);
    }

    /** The rule of one command; empty where it widens the fuzz beyond what any patch is sure with. */
    static Optional<ApplyRule> rule(String command) {
        int fuzz = of(command);
        return fuzz > GNU_DEFAULT ? Optional.empty() : Optional.of(ApplyRule.gnuPatch(fuzz));
    }

    private static int of(String command) {
        Matcher m = FUZZ.matcher(command);
        return m.find() ? Integer.parseInt(m.group(1)) : GNU_DEFAULT;
    }
}
