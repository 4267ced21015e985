package org.patchproof.vm;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One machine, as a value.
 *
 * @param acceleration how its processors run
 * @param cpus at least 1
 * @param memoryBytes at least 64 MiB
 * @param kernel booted directly
 * @param initrd empty for a kernel that mounts the disk by itself
 * @param kernelArguments put after ours; none has a blank in it
 * @param disk qcow2 overlay, the guest's root, writable
 * @param jobDisk raw image with the job's files, read-only
 */
public record MachineSpec(
        Acceleration acceleration,
        int cpus,
        long memoryBytes,
        Path kernel,
        Optional<Path> initrd,
        List<String> kernelArguments,
        Path disk,
        Path jobDisk) {

    public MachineSpec {
        Objects.requireNonNull(acceleration);
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(initrd);
        kernelArguments = List.copyOf(kernelArguments);
        Objects.requireNonNull(disk);
        Objects.requireNonNull(jobDisk);
        if (cpus < 1 || cpus > 255 || memoryBytes < 64L << 20) {
            throw new IllegalArgumentException("not a machine: " + cpus + " processors, " + memoryBytes + " bytes");
        }
        for (String argument : kernelArguments) {
            if (argument.isBlank() || argument.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("not one kernel argument: '" + argument + "'");
            }
        }
    }
}
