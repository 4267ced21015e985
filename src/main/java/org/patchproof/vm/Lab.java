package org.patchproof.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.patchproof.process.CommandRunner;

/** Where machines are made and run: all that another room needs to know of QEMU and its disks. */
public final class Lab {
    private final CommandRunner runner;
    private final DiskTools disks;
    private final long consoleLimit;
    private Confinement confinement;

    /** A lab whose tools and machines {@code runner} starts. */
    public Lab(CommandRunner runner) {
        this(runner, BoundedLog.LIMIT);
    }

    /** A lab whose machines may print so many bytes. */
    Lab(CommandRunner runner, long consoleLimit) {
        this.consoleLimit = consoleLimit;
        this.runner = Objects.requireNonNull(runner);
        this.disks = new DiskTools(runner);
    }

    /** Overlays, job disks, files out of guests. */
    public DiskTools disks() {
        return disks;
    }

    /**
     * Starts a machine.
     *
     * @param consoleLog where its console goes; written anew, bounded
     * @param qemuLog where QEMU's own last words go, if it has any, when the machine is closed
     * @param listener hears the console while it prints
     * @throws IOException when the sockets or the log cannot be made
     */
    public VirtualMachine start(MachineSpec spec, Path consoleLog, Path qemuLog, ConsoleListener listener)
            throws IOException {
        VirtualMachine.Logs logs = new VirtualMachine.Logs(consoleLog, consoleLimit, qemuLog);
        return new VirtualMachine(spec, confinement(), runner, logs, listener);
    }

    private synchronized Confinement confinement() {
        if (confinement == null) {
            confinement = Confinement.here(runner);
        }
        return confinement;
    }
}
