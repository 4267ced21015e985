package org.patchproof.vm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/** Starts a user's image for the first time, with its seed, and has it adopted over SSH. */
final class FirstBoot {
    private static final int CPUS = 2;
    private static final long MEMORY = 1L << 30;
    /** Firmware, boot loader, kernel, and the first start of a distribution with all that it does only once. */
    private static final Duration UP = Duration.ofMinutes(3);

    private static final Duration BANNER = Duration.ofSeconds(1);
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final Duration DOWN = Duration.ofMinutes(1);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final CommandRunner runner;
    private final Acceleration acceleration;

    FirstBoot(CommandRunner runner, Acceleration acceleration) {
        this.runner = runner;
        this.acceleration = acceleration;
    }

    /**
     * Starts {@code disk}, which is written to, until it is adopted and has switched itself off.
     *
     * @param name of the guest, for messages
     * @param work where the seed is put, and removed
     * @param log its console goes beside it
     * @throws GuestUnavailableException when it does not come up, or is not fit to be a guest
     */
    BootLoader adopt(String name, Path disk, Path work, Path log, Consumer<String> progress)
            throws IOException, InterruptedException {
        progress.accept("its first start");
        SshKeys keys = SshKeys.fresh();
        Path seed = work.resolve("seed.iso");
        Seed.write(keys, seed);
        Path console = log.resolveSibling("guest-console.log");
        FirstBootWords words = new FirstBootWords();
        int port = freePort();
        MachineSpec machine =
                new MachineSpec(acceleration, CPUS, MEMORY, new Boot.Loader(), disk, seed, OptionalInt.of(port));
        try (VirtualMachine vm = new Lab(runner).start(machine, console, log.resolveSibling("guest-qemu.log"), words)) {
            Start start = new Start(name, vm, new FirstBootWatch(words, acceleration), console, System.nanoTime());
            BootLoader bootLoader;
            try (GuestShell shell = login(start, port, keys)) {
                bootLoader = adopt(start, shell, progress);
            }
            await(start);
            return bootLoader;
        } finally {
            Files.deleteIfExists(seed);
        }
    }

    /** A start that goes on. */
    private record Start(String name, VirtualMachine vm, FirstBootWatch watch, Path console, long began) {
        Duration since() {
            return Duration.ofNanos(System.nanoTime() - began);
        }

        /** One at a time: a lock on one file cannot be asked for twice in a process. */
        FirstBootWatch.Sight sight(String ssh) {
            synchronized (watch) {
                return new FirstBootWatch.Sight(vm.firmware(), vm.look(), vm.moved(), ssh, since());
            }
        }

        Optional<String> broken() {
            return watch.broken(sight(""));
        }
    }

    /** Knocks until it opens: QEMU takes every call, long before the guest's sshd listens. */
    private GuestShell login(Start start, int port, SshKeys keys) throws IOException, InterruptedException {
        Duration patience = acceleration.stretch(UP);
        String last = "it was not tried yet";
        do {
            Optional<CommandResult> end = start.vm().ended();
            Optional<String> hopeless = start.watch().hopeless(start.sight(last));
            if (hopeless.isPresent()) {
                throw unavailable(start, hopeless.get());
            }
            if (end.isPresent()) {
                throw unavailable(
                        start,
                        "its machine ended by itself: " + end.get().output().strip());
            }
            try {
                knock(port);
                return SshShell.open(port, keys, acceleration.stretch(ATTEMPT));
            } catch (InterruptedIOException e) {
                throw new InterruptedException();
            } catch (IOException e) {
                last = e.getMessage();
            }
            Thread.sleep(BETWEEN.toMillis());
        } while (start.since().compareTo(patience) < 0);
        throw unavailable(
                start,
                "nobody could log in by SSH within " + patience.toSeconds() + " s (the last time: " + last + ")");
    }

    private BootLoader adopt(Start start, GuestShell shell, Consumer<String> progress)
            throws IOException, InterruptedException {
        FirstBootGuard guard = new FirstBootGuard(shell, start::broken, BETWEEN);
        try (guard) {
            return new GuestAdoption(shell, acceleration, progress).adopt();
        } catch (IOException e) {
            start.vm().ended(); // all that it said has been heard then
            throw unavailable(start, guard.why().or(start::broken).orElse(e.getMessage()));
        }
    }

    /** Waits for the first byte of an sshd only: there is more to watch than the port. */
    private void knock(int port) throws IOException {
        try (Socket socket = new Socket()) {
            int patience = (int) acceleration.stretch(BANNER).toMillis();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patience);
            socket.setSoTimeout(patience);
            if (socket.getInputStream().read() < 0) {
                throw new IOException("nobody listens");
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("nobody answers", e);
        }
    }

    /** Only a guest that went down by itself left a disk that is whole. */
    private void await(Start start) throws InterruptedException {
        Duration patience = start.since().plus(acceleration.stretch(DOWN));
        while (start.vm().alive()) {
            Optional<String> broken = start.broken();
            if (broken.isPresent() || start.since().compareTo(patience) > 0) {
                throw unavailable(
                        start,
                        broken.orElse("it did not switch itself off in "
                                + acceleration.stretch(DOWN).toSeconds() + " s"));
            }
            Thread.sleep(BETWEEN.toMillis() / 10);
        }
    }

    private GuestUnavailableException unavailable(Start start, String why) {
        return new GuestUnavailableException(
                "guest " + start.name() + " did not come up from its image under " + acceleration.word() + ": " + why
                        + "; console: " + start.console(),
                "The image must boot by BIOS, and run cloud-init and sshd; docs/guests.md tells more. Where /dev/kvm is"
                        + " at fault, pass --accel tcg.");
    }

    /** Free a moment ago; if another program was quicker, QEMU says so and ends. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
