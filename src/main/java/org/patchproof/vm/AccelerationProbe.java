package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.files.Belongings;
import org.patchproof.process.Command;
import org.patchproof.process.CommandException;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.RunningCommand;

/**
 * Finds out whether hardware acceleration works by booting something and seeing it speak.
 *
 * <p>That /dev/kvm exists, opens and answers KVM_CREATE_VM proves nothing: on some nested hosts the
 * virtual processor then spins for ever and prints nothing after the firmware; on the same hosts a
 * boot sector sometimes speaks after five seconds. So two things are booted: a sector that writes
 * one word to the serial port, quickly, and then a Linux, whose first line must come.
 */
public final class AccelerationProbe {
    static final Path DEVICE = Path.of("/dev/kvm");
    private static final Duration SECTOR_PATIENCE = Duration.ofSeconds(3);
    private static final Duration LINUX_PATIENCE = Duration.ofSeconds(10);
    private static final String WORD = "PP-OK";
    private static final String FIRST_LINE = "Linux version";

    private final CommandRunner runner;
    private final Path device;

    public AccelerationProbe(CommandRunner runner) {
        this(runner, DEVICE);
    }

    AccelerationProbe(CommandRunner runner, Path device) {
        this.runner = runner;
        this.device = device;
    }

    /** A Linux kernel to boot, asked for only when a boot sector spoke. */
    @FunctionalInterface
    public interface Linux {
        /** The kernel's file; empty when there is none yet. */
        Optional<Path> kernel() throws IOException, InterruptedException;
    }

    /**
     * KVM where a Linux was seen to speak under it, else TCG; with the reason. Takes seconds.
     *
     * @param linux brings the kernel to try; with none, a boot sector has to do
     */
    public AccelerationChoice choose(Linux linux) throws IOException, InterruptedException {
        if (!Files.exists(device)) {
            return new AccelerationChoice(Acceleration.TCG, "there is no " + device);
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return new AccelerationChoice(
                    Acceleration.TCG, device + " may not be opened by this user (add the user to the group kvm)");
        }
        if (!speaks(Acceleration.KVM)) {
            return emulation("a boot sector under it said nothing in " + SECTOR_PATIENCE.toSeconds() + " s");
        }
        Optional<Path> kernel = linux.kernel();
        if (kernel.isEmpty()) {
            return new AccelerationChoice(Acceleration.KVM, "a boot sector spoke under it; no Linux was tried yet");
        }
        return speaks(Acceleration.KVM, kernel.get())
                ? new AccelerationChoice(Acceleration.KVM, "a Linux spoke under it")
                : emulation("a Linux under it said nothing in " + LINUX_PATIENCE.toSeconds() + " s");
    }

    private AccelerationChoice emulation(String why) {
        return new AccelerationChoice(Acceleration.TCG, device + " is there, but " + why);
    }

    /** Whether a boot sector is seen to speak under {@code acceleration}. */
    boolean speaks(Acceleration acceleration) {
        return inScratch(dir -> {
            Path disk = Files.write(dir.resolve("boot.img"), BootSector.saying(WORD));
            List<String> what = List.of("-drive", "file=" + QemuArguments.escape(disk) + ",format=raw,if=ide");
            return heard(acceleration, what, dir.resolve("serial"), WORD, SECTOR_PATIENCE);
        });
    }

    /** Whether the Linux {@code kernel} is seen to print its first line under {@code acceleration}. */
    boolean speaks(Acceleration acceleration, Path kernel) {
        return inScratch(dir -> {
            List<String> what =
                    List.of("-kernel", kernel.toString(), "-append", "console=ttyS0 panic=-1", "-no-reboot");
            return heard(acceleration, what, dir.resolve("serial"), FIRST_LINE, LINUX_PATIENCE);
        });
    }

    private interface Attempt {
        boolean in(Path scratch) throws IOException;
    }

    private static boolean inScratch(Attempt attempt) {
        Path dir = null;
        try {
            dir = Belongings.ours().scratch();
            return attempt.in(dir);
        } catch (IOException | CommandException e) {
            return false;
        } finally {
            Optional.ofNullable(dir).ifPresent(Belongings.ours()::remove);
        }
    }

    private boolean heard(Acceleration acceleration, List<String> what, Path serial, String word, Duration patience)
            throws IOException {
        List<String> argv = new ArrayList<>(List.of(
                QemuArguments.PROGRAM,
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-machine",
                "pc",
                "-m",
                "256M",
                "-accel",
                acceleration.accel(),
                "-cpu",
                acceleration.cpu(),
                "-chardev",
                "file,id=out,path=" + QemuArguments.escape(serial),
                "-serial",
                "chardev:out"));
        argv.addAll(what);
        argv.addAll(Confinement.here(runner).options());
        try (RunningCommand qemu = runner.start(Command.of(argv).within(patience.plusSeconds(5)))) {
            long end = System.nanoTime() + patience.toNanos();
            while (System.nanoTime() < end) {
                if (Files.exists(serial)
                        && Files.readString(serial, StandardCharsets.ISO_8859_1).contains(word)) {
                    return true;
                }
                if (qemu.await(Duration.ofMillis(50)).isPresent()) {
                    return false;
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
