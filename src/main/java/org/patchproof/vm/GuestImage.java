package org.patchproof.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A guest that is ready to be used as the base of overlays; never written to. There are two kinds, and what
 * they do differently is here: all else, and all that a trial shows, is the same.
 */
public sealed interface GuestImage permits DirectGuest, DiskGuest {

    /** The guest's disk, qcow2. */
    Path disk();

    /** Of the definition it was made from. */
    String digest();

    /** Of the disk file. */
    String diskSha256();

    /** How the guest's own kernel comes up, which runs it while another one is installed. */
    Boot own();

    /**
     * How a machine with this guest starts, and what to expect of it when.
     *
     * @param release of the kernel that is to start, {@code uname -r}; empty for the guest's own
     */
    Startup startup(String release);

    /**
     * What the job that installs a kernel gets beside the packages: files by their names, ours.
     *
     * @param image path of the kernel's image in the guest
     * @param arguments for that kernel
     * @throws GuestUnavailableException when this guest cannot give a kernel such arguments
     */
    Map<String, byte[]> installFiles(String image, List<String> arguments) throws IOException;

    /**
     * How the kernel that was installed on {@code disk} comes up.
     *
     * @param image path of its image in the guest
     * @param arguments as they were given to {@link #installFiles}
     * @param work where a file may be put that outlives the trials
     * @throws IOException when it is not on the disk
     */
    Boot installed(DiskTools disks, Path disk, String image, List<String> arguments, Path work) throws IOException;
}
