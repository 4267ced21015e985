package org.patchproof.vm;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks after a guest that somebody speaks with: hangs up when the guest can answer no more, so that
 * nobody waits for an answer as long as one may take.
 */
final class FirstBootGuard implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Supplier<Optional<String>> broken;
    private final GuestShell shell;
    private final Thread thread;
    private volatile Optional<String> why = Optional.empty();

    /**
     * @param broken why there will be no answer any more; asked again and again, on a thread of its own
     * @param between so long from one question to the next
     */
    FirstBootGuard(GuestShell shell, Supplier<Optional<String>> broken, Duration between) {
        this.shell = shell;
        this.broken = broken;
        this.thread = new Thread(() -> look(between), "first-boot-guard");
        thread.setDaemon(true);
        thread.start();
    }

    private void look(Duration between) {
        try {
            while (why.isEmpty() && !closed.await(between.toMillis(), TimeUnit.MILLISECONDS)) {
                why = broken.get();
            }
            if (why.isPresent()) {
                shell.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // hung up all the same
        }
    }

    /** Why it hung up. */
    Optional<String> why() {
        return why;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
