package org.patchproof.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.patchproof.process.CommandRunner;

/** Where machines are made and run: all that another room needs to know of QEMU and its disks. */
public final class Lab {
    private final CommandRunner runner;
    private final DiskTools disks;

    /** A lab whose tools and machines {@code runner} starts. */
    public Lab(CommandRunner runner) {
        this.runner = Objects.requireNonNull(runner);
        this.disks = new DiskTools(runner);
    }

    /** Overlays, job disks, files out of guests. */
    public DiskTools disks() {
        return disks;
    }

    /** As {@link VirtualMachine#start}. */
    public VirtualMachine start(MachineSpec spec, Path consoleLog, Path qemuLog, ConsoleListener listener)
            throws IOException {
        return VirtualMachine.start(spec, runner, consoleLog, qemuLog, listener);
    }
}
