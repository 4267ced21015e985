package org.patchproof.vm;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a guest of one kind starts, as far as it can be heard: its phases in their order, and how long its
 * silence may last. All times are those of an idle host with hardware acceleration.
 *
 * @param phases at least one; the machine is ready when the last is over
 * @param loaderPhases so many of the first phases are over before the kernel in question runs, whatever the
 *     console shows: what fails in them is not its doing
 * @param spinning so long a processor may run without a word, in a phase that has not ended
 * @param idle so long nothing at all may happen
 */
public record Startup(List<Phase> phases, int loaderPhases, Duration spinning, Duration idle) {

    /** Where a guest is heard. */
    public enum Ear {
        /** The firmware's own log. */
        FIRMWARE,
        /** The console; also a line that has no end yet, such as a prompt. */
        CONSOLE,
        /** The second serial port, where our init speaks. */
        CHANNEL
    }

    /**
     * One phase.
     *
     * @param name what is awaited, for messages: {@code the kernel's first line}
     * @param ear where its end is heard
     * @param end found in the line that ends it; a later phase's end ends it as well
     * @param within how long it may take
     */
    public record Phase(String name, Ear ear, Pattern end, Duration within) {
        public Phase {
            Objects.requireNonNull(name);
            Objects.requireNonNull(ear);
            Objects.requireNonNull(end);
            Objects.requireNonNull(within);
        }
    }

    public Startup {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("a start has at least one phase");
        }
        Objects.requireNonNull(spinning);
        Objects.requireNonNull(idle);
    }

    /**
     * A kernel that QEMU loads itself, and our init. Under emulation, on an idle host, Debian's kernel (the
     * largest) takes 2 s from the firmware to its first line, and 6 s more to our init.
     */
    public static Startup direct() {
        return new Startup(
                List.of(
                        phase("the firmware's hand-over to the kernel", Ear.FIRMWARE, "^Booting from ROM", 5),
                        phase("the kernel's first line", Ear.CONSOLE, "^Linux version ", 5),
                        phase("the guest's init", Ear.CHANNEL, "^hello ", 15),
                        phase("the job's disk", Ear.CHANNEL, "^ready$", 5)),
                0,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
    }

    /**
     * A disk that boots by itself: its boot loader, a kernel, a whole distribution and our agent. Under
     * emulation, on an idle host, a lean Debian takes 5 s from the firmware to its kernel's first line, and
     * 15 s more to our agent; a boot loader may count down for some seconds, and say nothing.
     *
     * @param release what the kernel calls itself in its first line, by {@code uname -r}; empty for any
     */
    public static Startup loader(String release) {
        String firstLine = "^Linux version " + (release.isEmpty() ? "" : Pattern.quote(release) + " ");
        return new Startup(
                List.of(
                        phase("the firmware's hand-over to the boot loader", Ear.FIRMWARE, "^Booting from Hard", 5),
                        phase("the first line of the kernel in question", Ear.CONSOLE, firstLine, 20),
                        phase("the guest's agent", Ear.CHANNEL, "^hello ", 60),
                        phase("the job's disk", Ear.CHANNEL, "^ready$", 15)),
                2,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20));
    }

    private static Phase phase(String name, Ear ear, String end, int seconds) {
        return new Phase(name, ear, Pattern.compile(end), Duration.ofSeconds(seconds));
    }
}
