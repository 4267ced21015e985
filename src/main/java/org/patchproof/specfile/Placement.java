package org.patchproof.specfile;

import java.util.Objects;

/**
 * One line of a spec that was added or changed.
 *
 * @param line its number in the new spec, counted from 1
 * @param text what stands there now
 * @param why why it stands there
 */
public record Placement(int line, String text, String why) {
    public Placement {
        Objects.requireNonNull(text);
        Objects.requireNonNull(why);
    }
}
