package org.patchproof.vm;

import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One machine, as a value.
 *
 * @param acceleration how its processors run
 * @param cpus at least 1
 * @param memoryBytes at least 64 MiB
 * @param boot what it starts with
 * @param disk qcow2, the guest's root, writable: for trials an overlay
 * @param jobDisk raw image with the job's files, read-only
 * @param sshPort port of this host, on its loopback address only, at which the guest's SSH is reached; then
 *     the guest has a network card, from which it reaches nothing and nobody. Empty: it has none
 */
public record MachineSpec(
        Acceleration acceleration,
        int cpus,
        long memoryBytes,
        Boot boot,
        Path disk,
        Path jobDisk,
        OptionalInt sshPort) {

    public MachineSpec {
        Objects.requireNonNull(acceleration);
        Objects.requireNonNull(boot);
        Objects.requireNonNull(disk);
        Objects.requireNonNull(jobDisk);
        Objects.requireNonNull(sshPort);
        if (cpus < 1 || cpus > 255 || memoryBytes < 64L << 20) {
            throw new IllegalArgumentException("not a machine: " + cpus + " processors, " + memoryBytes + " bytes");
        }
    }

    /** A machine without a network card. */
    public MachineSpec(Acceleration acceleration, int cpus, long memoryBytes, Boot boot, Path disk, Path jobDisk) {
        this(acceleration, cpus, memoryBytes, boot, disk, jobDisk, OptionalInt.empty());
    }
}
