package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.patchproof.files.Download;
import org.patchproof.files.FileDigest;
import org.patchproof.plan.ImageGuest;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/**
 * Makes a guest of an image that boots by itself: starts it once, with a seed for its cloud-init, and puts
 * our agent into it over SSH. Kernels are installed and tried in what is on its disk afterwards.
 */
final class DiskProvider implements GuestProvider {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final long MOST_BYTES = 16L << 30;
    /** What its first start writes, and some more. */
    private static final long SPARE = 1L << 30;

    private static final String BOOT_LOADER = "boot-loader";

    private final CommandRunner runner;
    private final ImageGuest guest;
    private final Path cache;
    private final Accelerator accelerator;

    /** Says how the machine runs in which the image is made ready; is asked when there is one to start. */
    interface Accelerator {
        Acceleration acceleration() throws IOException, InterruptedException;
    }

    /** @param cache images that are fetched are kept under {@code cache}/images */
    DiskProvider(CommandRunner runner, ImageGuest guest, Path cache, Accelerator accelerator) {
        this.runner = runner;
        this.guest = guest;
        this.cache = cache;
        this.accelerator = accelerator;
    }

    @Override
    public String digest() throws IOException {
        StringBuilder all = new StringBuilder(guest.digest()).append('\n');
        for (String script : GuestAdoption.SCRIPTS) {
            all.append(FileDigest.sha256(Scripts.read(script))).append('\n');
        }
        return FileDigest.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> companions() {
        return List.of(BOOT_LOADER);
    }

    @Override
    public void require() throws IOException {
        if (Files.isRegularFile(guest.file())) {
            ImageFile.format(guest.file());
        } else if (guest.url().isEmpty()) {
            throw new GuestUnavailableException(
                    "guest " + guest.name() + " (" + guest.title() + ") needs a disk image that is not here: "
                            + guest.file() + ", sha256 " + guest.sha256(),
                    "Put it there; or name another in specs/guests/" + guest.name()
                            + ".yaml, by file: (a path) or url:, with its sha256:. docs/guests.md tells more.");
        }
    }

    @Override
    public void make(Path work, Path log, Consumer<String> progress) throws IOException, InterruptedException {
        require();
        progress.accept("the image");
        Path image = image();
        String format = ImageFile.format(image);
        long wanted = Files.size(image) + SPARE;
        if (work.toFile().getUsableSpace() < wanted) {
            throw new GuestUnavailableException(
                    "the copy of " + image + " wants " + (wanted >> 20) + " MiB at " + work.getParent(),
                    "Free some space, or set XDG_CACHE_HOME to another disk.");
        }
        Path disk = work.resolve(DISK);
        runner.run(Command.of("qemu-img", "convert", "-f", format, "-O", "qcow2", image.toString(), disk.toString())
                        .within(PATIENCE)
                        .loggingTo(log))
                .orThrow();
        BootLoader bootLoader =
                new FirstBoot(runner, accelerator.acceleration()).adopt(guest.name(), disk, work, log, progress);
        Files.writeString(work.resolve(BOOT_LOADER), bootLoader.word() + "\n");
    }

    private Path image() throws IOException {
        if (!Files.isRegularFile(guest.file())) {
            try {
                String name = guest.file().getFileName().toString();
                return new Download(cache.resolve("images"), MOST_BYTES)
                        .get(guest.url().orElseThrow(), name, guest.sha256());
            } catch (Download.FailedException e) {
                throw new GuestUnavailableException(
                        e.getMessage(), "Get it from a place you trust, as " + guest.file() + "; or correct its YAML.");
            }
        }
        String sha256 = FileDigest.sha256(guest.file());
        if (!sha256.equals(guest.sha256())) {
            throw new GuestUnavailableException(
                    guest.file() + " has sha256 " + sha256 + ", specs/guests/" + guest.name() + ".yaml says "
                            + guest.sha256(),
                    "Get it again from a place you trust, or correct the sha256.");
        }
        return guest.file();
    }

    @Override
    public GuestImage open(Path home, String digest, String diskSha256) throws IOException {
        String word = Files.readString(home.resolve(BOOT_LOADER)).strip();
        return new DiskGuest(home.resolve(DISK), BootLoader.of(word), digest, diskSha256);
    }
}
