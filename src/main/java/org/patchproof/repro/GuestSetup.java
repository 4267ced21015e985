package org.patchproof.repro;

import java.util.List;
import java.util.Objects;
import org.patchproof.vm.Acceleration;
import org.patchproof.vm.GuestImage;

/**
 * What all machines of a cell have in common: both arms get the same.
 *
 * @param image the guest
 * @param acceleration how its processors run
 * @param cpus number of processors
 * @param memoryBytes of memory
 * @param kernelArguments for the kernel under test
 */
public record GuestSetup(
        GuestImage image, Acceleration acceleration, int cpus, long memoryBytes, List<String> kernelArguments) {
    public GuestSetup {
        Objects.requireNonNull(image);
        Objects.requireNonNull(acceleration);
        kernelArguments = List.copyOf(kernelArguments);
    }
}
