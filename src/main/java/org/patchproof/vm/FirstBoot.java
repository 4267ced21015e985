package org.patchproof.vm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
        int port = freePort();
        MachineSpec machine =
                new MachineSpec(acceleration, CPUS, MEMORY, new Boot.Loader(), disk, seed, OptionalInt.of(port));
        try (VirtualMachine vm =
                new Lab(runner).start(machine, console, log.resolveSibling("guest-qemu.log"), ConsoleListener.DEAF)) {
            BootLoader bootLoader;
            try (GuestShell shell = login(name, vm, port, keys, console)) {
                bootLoader = new GuestAdoption(shell, acceleration, progress).adopt();
            }
            await(name, vm, console);
            return bootLoader;
        } finally {
            Files.deleteIfExists(seed);
        }
    }

    /** Knocks until it opens: QEMU takes every call, long before the guest's sshd listens. */
    private GuestShell login(String name, VirtualMachine vm, int port, SshKeys keys, Path console)
            throws IOException, InterruptedException {
        Duration patience = acceleration.stretch(UP);
        long deadline = System.nanoTime() + patience.toNanos();
        IOException last;
        do {
            Optional<CommandResult> end = vm.ended();
            if (end.isPresent()) {
                throw unavailable(
                        name,
                        "its machine ended by itself: " + end.get().output().strip(),
                        console);
            }
            try {
                return SshShell.open(port, keys, acceleration.stretch(ATTEMPT));
            } catch (InterruptedIOException e) {
                throw new InterruptedException();
            } catch (IOException e) {
                last = e;
            }
            Thread.sleep(BETWEEN.toMillis());
        } while (System.nanoTime() < deadline);
        throw unavailable(
                name,
                "nobody could log in by SSH within " + patience.toSeconds() + " s (the last time: " + last.getMessage()
                        + ")",
                console);
    }

    /** Only a guest that went down by itself left a disk that is whole. */
    private void await(String name, VirtualMachine vm, Path console) throws InterruptedException {
        Duration patience = acceleration.stretch(DOWN);
        long deadline = System.nanoTime() + patience.toNanos();
        while (vm.alive()) {
            if (System.nanoTime() > deadline) {
                throw unavailable(name, "it did not switch itself off in " + patience.toSeconds() + " s", console);
            }
            Thread.sleep(BETWEEN.toMillis() / 10);
        }
    }

    private GuestUnavailableException unavailable(String name, String why, Path console) {
        return new GuestUnavailableException(
                "guest " + name + " did not come up from its image under " + acceleration.word() + ": " + why
                        + "; console: " + console,
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
