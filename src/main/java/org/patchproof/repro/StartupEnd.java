package org.patchproof.repro;

import java.util.List;
import java.util.Objects;

/**
 * How a machine's start ended.
 *
 * @param kind how
 * @param whose whose doing it is, by what was seen
 * @param sentence for a person, with what it is concluded from
 * @param lastLines of the console, at most {@value StartupWatch#LAST_LINES}
 */
public record StartupEnd(Kind kind, Whose whose, String sentence, List<String> lastLines) {

    /** How a start can end. */
    public enum Kind {
        /** All phases are over. */
        READY,
        /** The kernel gave up, and said so. */
        PANIC,
        /** The kernel broke before its init ran, and went no further. */
        OOPS,
        /** The machine was reset or turned off without a word of why. */
        RESET,
        /** The guest's own init says that it cannot go on. */
        GAVE_UP,
        /** Nothing happens any more: no word, and no processor that runs. */
        SILENT,
        /** A processor runs, and nothing is said. */
        SPINNING,
        /** Something is said, but what is awaited does not come. */
        LATE,
        /** QEMU was stopped by a signal. */
        FROZEN,
        /** QEMU ended by itself. */
        LOST,
        /** The guest can no longer be heard. */
        DEAF
    }

    /** Whose doing a failure is. */
    public enum Whose {
        /** The kernel's: it is evidence. */
        KERNEL,
        /** Ours, or the host's: it says nothing of the kernel. */
        OURS,
        /** Either may be: another try tells. */
        EITHER
    }

    public StartupEnd {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(whose);
        Objects.requireNonNull(sentence);
        lastLines = List.copyOf(lastLines);
    }
}
