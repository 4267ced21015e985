package org.patchproof.repro;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.patchproof.console.Evidence;

/**
 * A job in a machine that ran a kernel under test, and what was seen of it.
 *
 * @param end how the job ended
 * @param evidence what the console says
 * @param proof what booted, held against what should have; empty when the guest did not say it
 * @param bootFailure the lines that tell why the kernel did not come up; empty when it did, or we failed
 * @param elapsed wall time
 * @param command the QEMU command, as a person would type it
 * @param console its log
 */
public record GuestRun(
        JobEnd end,
        Evidence evidence,
        Optional<BootProof> proof,
        List<String> bootFailure,
        Duration elapsed,
        String command,
        Path console) {
    public GuestRun {
        requireNonNull(end);
        requireNonNull(evidence);
        requireNonNull(proof);
        bootFailure = List.copyOf(bootFailure);
        requireNonNull(elapsed);
        requireNonNull(command);
        requireNonNull(console);
    }

    /** The console's name, as findings call it. */
    String shown() {
        return console.getFileName().toString();
    }
}
