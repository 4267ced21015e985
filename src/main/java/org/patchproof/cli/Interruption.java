package org.patchproof.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.patchproof.process.ShellQuote;

/**
 * What is said when a run is stopped with Ctrl-C: how it can go on. The JVM then exits with 130 by
 * itself, and all that the run had started dies with it.
 */
final class Interruption implements AutoCloseable {
    private final Screen screen;
    private final String command;
    private final AtomicReference<Path> bundle = new AtomicReference<>();
    private final Thread hook;

    private Interruption(Screen screen, String command) {
        this.screen = screen;
        this.command = command;
        this.hook = new Thread(this::say, "interrupted");
    }

    /** Watches until it is closed. {@code command} is what to type, without {@code --resume}. */
    static Interruption watch(Screen screen, String command) {
        Interruption interruption = new Interruption(screen, command);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** From now on there is something to go on with. */
    void bundle(Path directory) {
        bundle.set(directory);
    }

    /** The message. */
    String message() {
        return Optional.ofNullable(bundle.get())
                .map(directory -> "interrupted; what was finished is kept. Go on with:\n    " + command + " --resume "
                        + ShellQuote.quote(directory.toString()))
                .orElse("interrupted before anything was kept");
    }

    private void say() {
        screen.err().println("\npatchproof: " + message());
        screen.err().flush();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already, and the hook has had its say.
            return;
        }
    }
}
