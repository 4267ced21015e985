package org.patchproof.specfile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchproof.patch.ApplyRule;

/** rpm's own fuzz, which a spec may set. */
final class MacroFuzz {
    private static final Pattern DEFINED =
            Pattern.compile("\\s*%(?:define|global)\\s+_default_patch_fuzz\\s+(\\S+)\\s*");

    private MacroFuzz() {}

    /** As {@link #rule}; empty where that refuses. */
    static Optional<ApplyRule> known(SpecFile spec) {
        try {
            return Optional.of(rule(spec));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** The rule of {@code %patch} and {@code %autopatch}: rpm's default is no fuzz at all. */
    static ApplyRule rule(SpecFile spec) {
        int fuzz = 0;
        for (SpecLine line : spec.lines()) {
            Matcher m = DEFINED.matcher(line.text());
            if (line.kind() == SpecLine.Kind.MACRO && m.matches()) {
                if (!m.group(1).matches("[012]")) {
                    throw new Refusal(
                            "line " + line.number() + " sets the patch fuzz to " + m.group(1),
                            "a fuzz over 2 may put a hunk into the wrong function: take the line out");
                }
                fuzz = Integer.parseInt(m.group(1));
            }
        }
        return ApplyRule.gnuPatch(fuzz);
    }
}
