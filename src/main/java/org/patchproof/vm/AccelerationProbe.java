package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.RunningCommand;

/**
 * Finds out whether hardware acceleration works by booting something and seeing it speak.
 *
 * <p>That /dev/kvm exists, opens and answers KVM_CREATE_VM proves nothing: on some nested hosts the
 * virtual processor then spins for ever and prints nothing. So the probe boots a sector that
 * writes one word to the serial port.
 */
public final class AccelerationProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String WORD = "PP-OK";

    private final CommandRunner runner;
    private final Path device;

    public AccelerationProbe(CommandRunner runner) {
        this(runner, Path.of("/dev/kvm"));
    }

    AccelerationProbe(CommandRunner runner, Path device) {
        this.runner = runner;
        this.device = device;
    }

    /** KVM where a guest was seen to speak under it, else TCG; with the reason. Takes 5 s at most. */
    public AccelerationChoice choose() {
        if (!Files.exists(device)) {
            return new AccelerationChoice(Acceleration.TCG, "there is no " + device);
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return new AccelerationChoice(
                    Acceleration.TCG, device + " may not be opened by this user (add the user to the group kvm)");
        }
        return speaks(Acceleration.KVM)
                ? new AccelerationChoice(Acceleration.KVM, "a guest spoke under it")
                : new AccelerationChoice(
                        Acceleration.TCG,
                        device + " is there, but a guest under it said nothing in " + PATIENCE.toSeconds() + " s");
    }

    /** Whether a boot sector is seen to speak under {@code acceleration}. */
    boolean speaks(Acceleration acceleration) {
        Path dir = null;
        try {
            dir = Files.createTempDirectory("pp-probe-");
            Path disk = dir.resolve("boot.img");
            Path serial = dir.resolve("serial");
            Files.write(disk, BootSector.saying(WORD));
            try (RunningCommand qemu = runner.start(command(acceleration, disk, serial))) {
                return heard(qemu, serial);
            }
        } catch (IOException | org.patchproof.process.CommandException e) {
            return false;
        } finally {
            Optional.ofNullable(dir).ifPresent(Directories::delete);
        }
    }

    private static Command command(Acceleration acceleration, Path disk, Path serial) {
        return Command.of(List.of(
                        QemuArguments.PROGRAM,
                        "-nodefaults",
                        "-no-user-config",
                        "-display",
                        "none",
                        "-machine",
                        "pc",
                        "-m",
                        "32M",
                        "-accel",
                        acceleration.accel(),
                        "-cpu",
                        acceleration.cpu(),
                        "-drive",
                        "file=" + QemuArguments.escape(disk) + ",format=raw,if=ide",
                        "-chardev",
                        "file,id=out,path=" + QemuArguments.escape(serial),
                        "-serial",
                        "chardev:out"))
                .within(PATIENCE.plusSeconds(5));
    }

    private static boolean heard(RunningCommand qemu, Path serial) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (Files.exists(serial)
                    && Files.readString(serial, StandardCharsets.ISO_8859_1).contains(WORD)) {
                return true;
            }
            try {
                if (qemu.await(Duration.ofMillis(50)).isPresent()) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
