package org.patchproof.console;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The three lines by which instrumentation shows a race: a holder entered the window with an object
 * in its hands, someone invalidated the object, the holder left the window with it nevertheless.
 *
 * @param entered a holder takes the object: groups {@code object} and {@code who}. Without it a pass
 *     after an invalidation is an exposure, which is weaker: an object freed and allocated again at
 *     the same address cannot be told from the old one
 * @param invalidated the object becomes invalid: group {@code object}
 * @param passed a holder uses the object: group {@code object}, and {@code who} when {@code entered}
 *     is given
 */
public record ExposurePatterns(Optional<Pattern> entered, Pattern invalidated, Pattern passed) {

    public ExposurePatterns {
        Objects.requireNonNull(entered);
        entered.ifPresent(pattern -> {
            requireGroup("entered", pattern, "object");
            requireGroup("entered", pattern, "who");
            requireGroup("passed", passed, "who");
        });
        requireGroup("invalidated", invalidated, "object");
        requireGroup("passed", passed, "object");
    }

    private static void requireGroup(String name, Pattern pattern, String group) {
        if (!Groups.has(pattern, group)) {
            throw new IllegalArgumentException("the pattern '" + name + "' has no group (?<" + group + ">...): "
                    + pattern.pattern() + "; name the part of the line that is the " + group);
        }
    }
}
