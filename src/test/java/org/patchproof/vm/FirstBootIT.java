package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.files.FileDigest;
import org.patchproof.plan.ImageGuest;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;

/** Images that never come up, started by the real QEMU: told in seconds, not when a cloud's time is up. */
class FirstBootIT {
    @TempDir
    Path dir;

    @Test
    @Timeout(120)
    void anImageWithNothingToBootIsToldByItsFirmware() throws Exception {
        Path image = dir.resolve("empty.qcow2");
        new LeashedRunner()
                .run(Command.of("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), "16M"))
                .orThrow();
        refused(image, "the firmware finds nothing to boot on it; its console is empty");
    }

    @Test
    @Timeout(120)
    void aBootLoaderThatAsksAPersonIsToldByItsPrompt() throws Exception {
        Path image = image("rescue", BootSector.saying("grub rescue> "));
        refused(image, "its boot loader does not find the rest of itself; its last lines: grub rescue>");
    }

    @Test
    @Timeout(120)
    void aKernelThatPanicsIsToldByItsConsole() throws Exception {
        Path image = image("panic", BootSector.saying("Kernel panic - not syncing: a test"));
        refused(image, "its kernel panicked; its last lines: Kernel panic - not syncing: a test");
        assertThat(dir.resolve("guest-console.log")).content().contains("Kernel panic");
    }

    @Test
    @Timeout(600)
    void aBootLoaderThatSpinsIsToldByItsProcessor() throws Exception {
        Path image = image("spins", BootSector.spinning());
        refused(image, "it says nothing and reads nothing for ");
    }

    @Test
    @Timeout(600)
    void oneThatHaltsWithoutAWordIsToldByItsIdleness() throws Exception {
        Path image = image("halts", BootSector.saying(""));
        refused(image, " s, and idles; its console is empty");
    }

    @Test
    @Timeout(120)
    void aMachineThatIsKilledIsToldAsWhatItIs() throws Exception {
        Path image = image("killed", BootSector.saying("Linux version 1"));
        refusedWhile(image, "its machine ended by itself", ProcessHandle::destroyForcibly);
    }

    @Test
    @Timeout(120)
    void aMachineThatIsStoppedIsToldAsWhatItIs() throws Exception {
        Path image = image("stopped", BootSector.saying("Linux version 1"));
        refusedWhile(
                image,
                "QEMU was stopped by a signal, and not continued",
                qemu -> new LeashedRunner()
                        .run(Command.of("kill", "-STOP", Long.toString(qemu.pid())))
                        .orThrow());
    }

    /** A disk of a size for which the firmware has a geometry, with that first sector. */
    private Path image(String name, byte[] sector) throws Exception {
        return Files.write(dir.resolve(name + ".raw"), Arrays.copyOf(sector, 1 << 20));
    }

    private void refused(Path image, String why) throws Exception {
        refusedWhile(image, why, qemu -> {});
    }

    /** {@code meanwhile} is done to the machine when it has said something. */
    private void refusedWhile(Path image, String why, Consumer<ProcessHandle> meanwhile) throws Exception {
        ImageGuest guest = new ImageGuest("bad", "Bad", image, Optional.empty(), FileDigest.sha256(image));
        GuestBuilder builder = new GuestBuilder(new LeashedRunner(), dir.resolve("cache")).under(Acceleration.TCG);
        Thread waiter = new Thread(() -> {
            while (said().isEmpty() && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            qemus().findFirst().ifPresent(meanwhile);
        });
        waiter.start();
        try {
            assertThatThrownBy(() -> builder.build(guest, dir.resolve("guest.log"), word -> {}))
                    .isInstanceOf(GuestUnavailableException.class)
                    .hasMessageStartingWith("guest bad did not come up from its image under tcg: ")
                    .hasMessageContaining(why);
        } finally {
            waiter.interrupt();
            waiter.join();
        }
        assertThat(qemus()).isEmpty();
        assertThat(dir.resolve("cache/guests"))
                .isDirectoryNotContaining(path -> !path.toString().endsWith(".lock"));
    }

    private String said() {
        try {
            return Files.readString(dir.resolve("guest-console.log"));
        } catch (IOException e) {
            return ""; // not yet
        }
    }

    private static Stream<ProcessHandle> qemus() {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().command().orElse("").contains("qemu-system"));
    }
}
