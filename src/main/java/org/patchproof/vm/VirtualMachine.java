package org.patchproof.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.patchproof.files.Belongings;
import org.patchproof.files.PidFile;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.RunningCommand;

/**
 * One running guest. Closing it kills it; so does the end of this JVM, whatever ends it.
 *
 * <p>Its console goes to a bounded log and to a listener, the words of its init come one by one
 * from {@link #next}.
 */
public final class VirtualMachine implements AutoCloseable {
    /** Longer than any trial may take: the last net under all the other deadlines. */
    private static final Duration LONGEST_LIFE = Duration.ofHours(6);

    /** So long after its last word a machine may take to end. */
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final Path sockets;
    private final Logs logs;
    private final BoundedLog log;
    private final GuestSocket console;
    private final GuestSocket channel;
    private final GuestSocket firmware;
    private final FirmwareLog firmwareLog = new FirmwareLog();
    private final ChannelLines words = new ChannelLines();
    private final RunningCommand qemu;
    private final Command command;

    /** Where a machine's words go, all of it bounded. */
    record Logs(Path console, long consoleLimit, Path qemu) {}

    VirtualMachine(MachineSpec spec, Confinement confinement, CommandRunner runner, Logs logs, ConsoleListener listener)
            throws IOException {
        this.logs = logs;
        sockets = Belongings.ours().scratch();
        log = new BoundedLog(logs.console(), logs.consoleLimit());
        console = new GuestSocket(sockets.resolve("console"), (bytes, count) -> {
            log.write(bytes, count);
            listener.accept(bytes, count);
        });
        channel = new GuestSocket(sockets.resolve("channel"), words::accept);
        firmware = new GuestSocket(sockets.resolve("firmware"), firmwareLog::accept);
        command = Command.of(QemuArguments.of(spec, sockets, confinement)).within(LONGEST_LIFE);
        try {
            qemu = runner.start(command);
        } catch (RuntimeException e) {
            console.close();
            channel.close();
            firmware.close();
            log.close();
            Belongings.ours().remove(sockets);
            throw e;
        }
    }

    /** The QEMU command, as a person would type it; the sockets in it are gone when the machine is. */
    public String command() {
        return command.display();
    }

    /** The next line that the guest said, waiting at most {@code wait} for it. */
    public Optional<String> next(Duration wait) throws InterruptedException {
        return words.next(wait);
    }

    /** Says a line to the guest's job; false when nobody listens any more. */
    public boolean say(String line) {
        return channel.send(line);
    }

    /** What the firmware has said so far; not all, when it is more than firmware ever says. */
    public String firmware() {
        return firmwareLog.text();
    }

    /** What the host knows of the machine's process; empty before it runs and after it ended. */
    public Optional<MachineLook> look() {
        return PidFile.in(sockets).flatMap(file -> MachineLook.at(file.process().pid()));
    }

    /** How many bytes its process has read and written; empty when the host does not say. */
    OptionalLong moved() {
        Optional<PidFile> file = PidFile.in(sockets);
        return file.isEmpty()
                ? OptionalLong.empty()
                : DiskTraffic.of(file.get().process().pid());
    }

    /**
     * Why the guest is no longer heard, when that is our own fault; then its silence means nothing. That
     * the other end was closed is a fault only where the machine goes on running.
     */
    public Optional<String> deafness() throws InterruptedException {
        Optional<String> failure = console.failure().or(channel::failure);
        if (failure.isPresent() || !(console.ended() || channel.ended())) {
            return failure;
        }
        return qemu.await(CLOSING).isPresent()
                ? Optional.empty()
                : Optional.of("QEMU closed the connection, and went on running");
    }

    /** Whether QEMU still runs. */
    public boolean alive() {
        return qemu.alive();
    }

    /**
     * QEMU's own end, when it ended by itself: its exit code and what it complained of. All that the guest
     * said before has been handed on then.
     */
    public Optional<CommandResult> ended() throws InterruptedException {
        if (qemu.alive()) {
            return Optional.empty();
        }
        console.drain();
        firmware.drain();
        return qemu.await(Duration.ofSeconds(1));
    }

    @Override
    public void close() throws IOException {
        qemu.close();
        console.drain();
        console.close();
        channel.close();
        firmware.close();
        log.close();
        keepQemusWords();
        Belongings.ours().remove(sockets);
    }

    /** The last of them: a guest may make QEMU complain for ever. */
    private void keepQemusWords() throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            Optional<String> words = qemu.await(Duration.ofSeconds(1)).map(CommandResult::output);
            if (words.isPresent() && !words.get().isBlank()) {
                Files.writeString(logs.qemu(), words.get());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The process; for tests. */
    Optional<ProcessHandle> process() {
        return PidFile.in(sockets).map(PidFile::process);
    }

    /** Whether the sockets' directory is still there; for tests. */
    boolean leftSomething() {
        return Files.exists(sockets);
    }
}
