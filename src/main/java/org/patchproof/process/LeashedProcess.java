package org.patchproof.process;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One process group on its leash: its time limit, its end, its output. */
final class LeashedProcess implements RunningCommand {
    private static final long KILL_GRACE_SECONDS = 10;

    private final Command command;
    private final Process leash;
    private final OutputDrain drain;
    private final Instant started;
    private final long startedNanos = System.nanoTime();
    private CommandResult result;

    LeashedProcess(Command command, Process leash, OutputDrain drain, Instant started) {
        this.command = command;
        this.leash = leash;
        this.drain = drain;
        this.started = started;
    }

    @Override
    public boolean alive() {
        return leash.isAlive();
    }

    /** Waits for the end of the command or of its time; on interruption kills it and restores the flag. */
    CommandResult awaitEnd() {
        try {
            if (leash.waitFor(left().toNanos(), TimeUnit.NANOSECONDS)) {
                return finish(CommandResult.Ending.EXITED);
            }
            kill();
            return finish(CommandResult.Ending.TIMED_OUT);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            return finish(CommandResult.Ending.CANCELLED);
        }
    }

    @Override
    public Optional<CommandResult> await(Duration time) throws InterruptedException {
        Duration limit = time.compareTo(left()) < 0 ? time : left();
        if (leash.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.of(finish(CommandResult.Ending.EXITED));
        }
        if (left().isZero()) {
            kill();
            return Optional.of(finish(CommandResult.Ending.TIMED_OUT));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        if (leash.isAlive()) {
            kill();
            finish(CommandResult.Ending.CANCELLED);
        } else {
            finish(CommandResult.Ending.EXITED);
        }
    }

    private Duration left() {
        Duration left = command.timeout().minusNanos(System.nanoTime() - startedNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void kill() {
        boolean interrupted = Thread.interrupted();
        try {
            leash.getOutputStream().close();
            if (!leash.waitFor(KILL_GRACE_SECONDS, TimeUnit.SECONDS)) {
                leash.descendants().forEach(ProcessHandle::destroyForcibly);
                leash.destroyForcibly();
            }
        } catch (IOException e) {
            leash.descendants().forEach(ProcessHandle::destroyForcibly);
            leash.destroyForcibly();
        } catch (InterruptedException e) {
            interrupted = true;
            leash.descendants().forEach(ProcessHandle::destroyForcibly);
            leash.destroyForcibly();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized CommandResult finish(CommandResult.Ending ending) {
        if (result == null) {
            drain.close();
            result = new CommandResult(
                    command,
                    ending,
                    ending == CommandResult.Ending.EXITED ? leash.exitValue() : -1,
                    started,
                    Duration.ofNanos(System.nanoTime() - startedNanos),
                    command.log(),
                    drain.tail());
        }
        return result;
    }
}
