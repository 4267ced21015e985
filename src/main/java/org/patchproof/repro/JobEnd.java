package org.patchproof.repro;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a job in a guest came to its end.
 *
 * @param ending how
 * @param kernel what the guest's init said of its kernel ({@code uname -r}); empty when it never spoke
 * @param exitCode of the job; -1 unless {@link Ending#EXITED}
 * @param events in order
 * @param output the last lines that the job printed
 * @param detail a sentence for a person
 * @param doubtful whether a machine that did not start may have failed by our own fault
 */
public record JobEnd(
        Ending ending,
        Optional<String> kernel,
        int exitCode,
        List<JobEvent> events,
        List<String> output,
        String detail,
        boolean doubtful) {

    /** How it ended. */
    public enum Ending {
        /** The job ended by itself and its disk is synced. */
        EXITED,
        /** The host had its answer and ended the machine. */
        ANSWERED,
        /** The machine did not get ready, and not by a fault that is known to be ours. */
        NO_HELLO,
        /** The machine ended in the middle of the job. */
        DIED,
        /** The job took longer than it may. */
        TIMED_OUT,
        /** The guest could not run the job, by our own fault. */
        GUEST_FAILED
    }

    public JobEnd {
        Objects.requireNonNull(ending);
        Objects.requireNonNull(kernel);
        events = List.copyOf(events);
        output = List.copyOf(output);
        Objects.requireNonNull(detail);
    }

    /** The first event of this name. */
    public Optional<JobEvent> event(String name) {
        return events.stream().filter(event -> event.name().equals(name)).findFirst();
    }
}
