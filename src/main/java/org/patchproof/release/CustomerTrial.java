package org.patchproof.release;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the released repository went through in a customer's machine, all of it as it must be.
 *
 * @param guest the machine's name
 * @param acceleration how its processors ran
 * @param manager its package manager, as {@code dnf 4.14.0}
 * @param by what brought the released kernel: {@code update}, or {@code install}
 * @param refused what was tampered with, and refused
 * @param traffic what ran under the released kernel
 * @param starts of the machine, in order
 */
public record CustomerTrial(
        String guest,
        String acceleration,
        String manager,
        String by,
        List<Refused> refused,
        Traffic traffic,
        List<Start> starts) {

    /** A kind of tampering, and the last lines with which it was refused. */
    public record Refused(String kind, List<String> words) {
        public Refused {
            requireNonNull(kind);
            words = List.copyOf(words);
        }
    }

    /**
     * The bug's scripts for customers.
     *
     * @param seconds that they ran
     * @param measured what they reported, {@code event.key}
     * @param known faults of this guest under the unfixed kernel, too: no news
     */
    public record Traffic(long seconds, SortedMap<String, String> measured, List<String> known) {
        public Traffic {
            measured = Collections.unmodifiableSortedMap(new TreeMap<>(measured));
            known = List.copyOf(known);
        }
    }

    /**
     * A start of the machine.
     *
     * @param what was done
     * @param booted {@code uname -r} of the kernel that was seen to run
     * @param buildId of that kernel
     * @param seconds of wall time
     * @param console its log, below the release
     */
    public record Start(String what, String booted, Optional<String> buildId, double seconds, String console) {
        public Start {
            requireNonNull(what);
            requireNonNull(booted);
            requireNonNull(buildId);
            requireNonNull(console);
        }
    }

    public CustomerTrial {
        requireNonNull(guest);
        requireNonNull(acceleration);
        requireNonNull(manager);
        requireNonNull(by);
        refused = List.copyOf(refused);
        requireNonNull(traffic);
        starts = List.copyOf(starts);
    }

    /** For a person, in a sentence or two. */
    public String words() {
        return "In a fresh machine (" + guest + ", " + acceleration + ") with the unfixed kernel, " + manager
                + " refused "
                + refused.size() + " repositories that were tampered with, each in another way, and then brought this"
                + " kernel by '" + by + "'. It booted, carried the bug's traffic for " + traffic.seconds()
                + " s without a fault, and every device went afterwards. It was removed again, and the unfixed kernel"
                + " booted.";
    }

    /** Writes it as JSON to {@code file}. */
    public void write(Path file) throws IOException {
        ReleaseJson.write(file, this);
    }
}
