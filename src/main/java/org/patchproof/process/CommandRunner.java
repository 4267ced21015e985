package org.patchproof.process;

import java.util.function.Consumer;

/** Runs commands. The real one is {@link LeashedRunner}; tests bring a fake. */
public interface CommandRunner {

    /** Runs {@code command} to its end. A failure is a result, not an exception. */
    default CommandResult run(Command command) {
        return run(command, line -> {});
    }

    /**
     * Runs {@code command} to its end and hands each line of its output to {@code lines} as it
     * comes. Lines longer than {@value #LINE_LIMIT} bytes are handed over in pieces.
     */
    CommandResult run(Command command, Consumer<String> lines);

    /** Starts {@code command} and returns at once; it dies when it is closed, or with this JVM. */
    RunningCommand start(Command command);

    /** The longest piece of one line that a listener gets, in bytes. */
    int LINE_LIMIT = 16 * 1024;
}
