package org.patchproof.repro;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one machine showed.
 *
 * @param trial the trial's outcome and numbers
 * @param proof what booted; empty when the guest's init never spoke
 * @param bootFailure why the kernel under test did not reach its init, last lines of its console;
 *     empty when it did. The trial is {@link Trial.Outcome#INFRA} then: it says nothing of the bug
 * @param measured what the scripts measured, e.g. {@code traffic-flowed.bytes}
 * @param command the QEMU command line
 */
public record TrialEnd(
        Trial trial,
        Optional<BootProof> proof,
        List<String> bootFailure,
        SortedMap<String, String> measured,
        String command) {
    public TrialEnd {
        Objects.requireNonNull(trial);
        Objects.requireNonNull(proof);
        bootFailure = List.copyOf(bootFailure);
        measured = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(measured));
        Objects.requireNonNull(command);
    }
}
