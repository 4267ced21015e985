package org.patchproof.process;

import java.time.Duration;
import java.util.Optional;

/** A command that is running. Closing it kills its whole process group. */
public interface RunningCommand extends AutoCloseable {

    /** Whether it still runs. */
    boolean alive();

    /** Waits at most {@code time} for its end; empty when it still runs then. */
    Optional<CommandResult> await(Duration time) throws InterruptedException;

    /** Kills the whole process group, if it still runs, and waits until it is gone. */
    @Override
    void close();
}
