package org.patchproof.repro;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one machine showed.
 *
 * @param trial the trial's outcome and numbers
 * @param proof what booted; empty when the guest did not come as far as to say it
 * @param bootFailure why the kernel under test did not come up, or died by its own word before the guest said
 *     what it is, last lines of its console; empty when it did come up. The trial is {@link Trial.Outcome#INFRA} then: it says nothing of the bug
 * @param bootDoubt what makes the boot failure less than certain, e.g. QEMU itself failed; empty
 *     when the console shows the kernel's own death
 * @param unexplained why the guest ended or hung in the middle of the job without a word that tells
 *     whose fault it was; empty when it did not. Such a trial counts for nothing, and a candidate
 *     that has one cannot be called fixed
 * @param measured what the scripts measured, e.g. {@code traffic-flowed.bytes}
 * @param command the QEMU command line
 */
public record TrialEnd(
        Trial trial,
        Optional<BootProof> proof,
        List<String> bootFailure,
        Optional<String> bootDoubt,
        Optional<String> unexplained,
        SortedMap<String, String> measured,
        String command) {
    public TrialEnd {
        Objects.requireNonNull(trial);
        Objects.requireNonNull(proof);
        bootFailure = List.copyOf(bootFailure);
        Objects.requireNonNull(bootDoubt);
        Objects.requireNonNull(unexplained);
        measured = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(measured));
        Objects.requireNonNull(command);
    }

    /** A trial that we could not carry out: it says nothing about the kernel. */
    public static TrialEnd ofOurs(int number, String why, String console) {
        return new TrialEnd(
                Trial.infra(number, why, Duration.ZERO, console),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                "");
    }
}
