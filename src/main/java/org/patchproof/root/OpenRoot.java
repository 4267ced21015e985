package org.patchproof.root;

import java.nio.file.Path;
import org.patchproof.process.Command;

/** A build root that is ready. Closing it removes what was made for this run. */
public interface OpenRoot extends AutoCloseable {

    /**
     * {@code command}, to be run in the root: with its environment, its time limit and its log.
     *
     * @param topdir an absolute directory that is there at the same path, to be written to; its SOURCES and
     *     SPECS are read only, where the kind of root can do that
     */
    Command inside(Command command, Path topdir);

    /** {@code command}, a question to the root: it is given nothing to write to. */
    Command inside(Command command);

    /** Of what it is made. */
    RootIdentity identity();

    /** Whether the command sees this host's programs: its compiler cache, too. */
    boolean onHost();

    /** Whether {@link #inside} may be run in a mount namespace of the caller's own, and sees what is mounted there. */
    boolean seesMounts();

    @Override
    void close();
}
