package org.patchproof.vm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.files.Belongings;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.plan.GuestSpec;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/**
 * Guest images, built once and kept in the cache under the digest of their definition (the guest's
 * YAML and our own scripts). A half-written or damaged one is noticed and built anew.
 */
public final class GuestBuilder {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String SEAL = "sealed";

    private final CommandRunner runner;
    private final Path files;
    private final Path cache;
    private final Optional<Acceleration> asked;

    /** Images are kept under {@code cache}/guests. */
    public GuestBuilder(CommandRunner runner, Path cache) {
        this(runner, cache, Optional.empty());
    }

    private GuestBuilder(CommandRunner runner, Path files, Optional<Acceleration> asked) {
        this.runner = runner;
        this.files = files;
        this.cache = files.resolve("guests");
        this.asked = asked;
    }

    /** The same, where a guest that has to run to be made runs under {@code acceleration}; else it is probed. */
    public GuestBuilder under(Acceleration acceleration) {
        return new GuestBuilder(runner, files, Optional.of(acceleration));
    }

    /** The digest under which {@code guest} is cached. */
    public String digest(GuestSpec guest) throws IOException {
        return provider(guest).digest();
    }

    /**
     * Asks whether {@code guest} is here or can be made, before anything is made.
     *
     * @throws GuestUnavailableException when it cannot, with what to do
     */
    public void require(GuestSpec guest) throws IOException {
        if (!hasAny(guest)) {
            provider(guest).require();
        }
    }

    /** The cached image, when there is a whole one. */
    public Optional<GuestImage> cached(GuestSpec guest) throws IOException {
        GuestProvider provider = provider(guest);
        String digest = provider.digest();
        Path home = cache.resolve(digest);
        Path seal = home.resolve(SEAL);
        if (!Files.exists(seal)) {
            return Optional.empty();
        }
        String diskSha256 = FileDigest.sha256(home.resolve(GuestProvider.DISK));
        if (!Files.readString(seal).strip().equals(diskSha256)) {
            return Optional.empty();
        }
        return Optional.of(provider.open(home, digest, diskSha256));
    }

    /**
     * The image of {@code guest}, made when the cache has none. Two processes that want the same
     * one make it once: the second waits.
     *
     * @param log where the tools' output goes
     * @param progress gets a word on each step
     * @throws GuestUnavailableException when this host cannot make this guest
     */
    public synchronized GuestImage build(GuestSpec guest, Path log, Consumer<String> progress)
            throws IOException, InterruptedException {
        Files.createDirectories(cache);
        Path lockFile = cache.resolve(digest(guest) + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel closes
            Optional<GuestImage> ready = cached(guest);
            return ready.isPresent() ? ready.get() : make(provider(guest), log, progress);
        }
    }

    /**
     * Puts the image of {@code guest} into the cache {@code other}, compressed, to be carried to other
     * hosts: only one and the same disk makes trials on several hosts comparable. Nothing is done when a
     * whole one is there.
     *
     * @throws GuestUnavailableException when this host cannot make this guest
     */
    public void copyTo(Path other, GuestSpec guest, Path log, Consumer<String> progress)
            throws IOException, InterruptedException {
        GuestBuilder there = new GuestBuilder(runner, other);
        if (there.cached(guest).isPresent()) {
            return;
        }
        GuestImage image = build(guest, log, progress);
        Path home = there.cache.resolve(image.digest());
        Path work = there.cache.resolve(image.digest() + ".part");
        Trees.delete(work);
        Trees.delete(home);
        Belongings.ours().make(work);
        try {
            Path disk = work.resolve(GuestProvider.DISK);
            runner.run(Command.of(
                                    "qemu-img",
                                    "convert",
                                    "-c",
                                    "-O",
                                    "qcow2",
                                    image.disk().toString(),
                                    disk.toString())
                            .within(PATIENCE)
                            .loggingTo(log))
                    .orThrow();
            for (String companion : provider(guest).companions()) {
                Files.copy(image.disk().resolveSibling(companion), work.resolve(companion));
            }
            Files.writeString(work.resolve(SEAL), FileDigest.sha256(disk) + "\n");
            Belongings.ours().keep(work);
            Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Trees.delete(work);
        }
    }

    /** Whether the cache has something under this guest's digest, whole or not. */
    public boolean hasAny(GuestSpec guest) throws IOException {
        return Files.exists(cache.resolve(digest(guest)));
    }

    private GuestImage make(GuestProvider provider, Path log, Consumer<String> progress)
            throws IOException, InterruptedException {
        String digest = provider.digest();
        Path home = cache.resolve(digest);
        Path work = cache.resolve(digest + ".part");
        Trees.delete(work);
        Trees.delete(home);
        Belongings.ours().make(work);
        try {
            provider.make(work, log, progress);
            String diskSha256 = FileDigest.sha256(work.resolve(GuestProvider.DISK));
            Files.writeString(work.resolve(SEAL), diskSha256 + "\n");
            Belongings.ours().keep(work);
            Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
            return provider.open(home, digest, diskSha256);
        } finally {
            Trees.delete(work);
        }
    }

    private GuestProvider provider(GuestSpec guest) {
        return guest.match(
                debootstrap -> new DirectProvider(runner, debootstrap),
                image -> new DiskProvider(runner, image, files, this::acceleration));
    }

    private Acceleration acceleration() throws IOException, InterruptedException {
        return asked.isPresent()
                ? asked.get()
                : new AccelerationProbe(runner).choose(Optional::empty).acceleration();
    }
}
