package org.patchproof.vm;

import java.nio.file.Path;
import java.util.Objects;

/**
 * One machine, as a value.
 *
 * @param acceleration how its processors run
 * @param cpus at least 1
 * @param memoryBytes at least 64 MiB
 * @param boot what it starts with
 * @param disk qcow2, the guest's root, writable: for trials an overlay
 * @param jobDisk raw image with the job's files, read-only
 */
public record MachineSpec(Acceleration acceleration, int cpus, long memoryBytes, Boot boot, Path disk, Path jobDisk) {

    public MachineSpec {
        Objects.requireNonNull(acceleration);
        Objects.requireNonNull(boot);
        Objects.requireNonNull(disk);
        Objects.requireNonNull(jobDisk);
        if (cpus < 1 || cpus > 255 || memoryBytes < 64L << 20) {
            throw new IllegalArgumentException("not a machine: " + cpus + " processors, " + memoryBytes + " bytes");
        }
    }
}
