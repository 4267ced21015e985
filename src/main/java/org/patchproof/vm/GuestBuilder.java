package org.patchproof.vm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.patchproof.files.Belongings;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.plan.DebootstrapGuest;
import org.patchproof.plan.GuestSpec;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.root.DebianMirror;

/**
 * Guest images, built once and kept in the cache under the digest of their definition (the guest's
 * YAML and our own scripts). A half-written or damaged one is noticed and built anew.
 */
public final class GuestBuilder {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String SCRIPT = "guest-debootstrap.sh";
    private static final String INIT = "guest-init.sh";
    private static final String SEAL = "sealed";

    private final CommandRunner runner;
    private final Path cache;

    /** Images are kept under {@code cache}/guests. */
    public GuestBuilder(CommandRunner runner, Path cache) {
        this.runner = runner;
        this.cache = cache.resolve("guests");
    }

    /** The digest under which {@code guest} is cached. */
    public String digest(GuestSpec guest) throws IOException {
        String all = guest.digest() + "\n" + FileDigest.sha256(resource(SCRIPT)) + "\n"
                + FileDigest.sha256(resource(INIT)) + "\n";
        return FileDigest.sha256(all.getBytes(StandardCharsets.UTF_8));
    }

    /** The cached image, when there is a whole one. */
    public Optional<GuestImage> cached(GuestSpec guest) throws IOException {
        String digest = digest(guest);
        Path home = cache.resolve(digest);
        Path seal = home.resolve(SEAL);
        if (!Files.exists(seal)) {
            return Optional.empty();
        }
        String diskSha256 = FileDigest.sha256(home.resolve("disk.qcow2"));
        if (!Files.readString(seal).strip().equals(diskSha256)) {
            return Optional.empty();
        }
        return Optional.of(image(home, digest, diskSha256));
    }

    /**
     * The image of {@code guest}, built when the cache has none. Two processes that want the same
     * one build it once: the second waits.
     *
     * @param log where the build's output goes
     * @param progress gets a word on each step
     * @throws GuestUnavailableException when this host cannot make this guest
     */
    public synchronized GuestImage build(GuestSpec guest, Path log, Consumer<String> progress) throws IOException {
        DebootstrapGuest definition = guest.match(debootstrap -> debootstrap, image -> {
            throw new GuestUnavailableException(
                    "guest " + image.name() + " is a disk image that boots by itself",
                    "this version runs guests of kind debootstrap only: name one in the kernel's YAML");
        });
        Files.createDirectories(cache);
        Path lockFile = cache.resolve(digest(guest) + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel closes
            Optional<GuestImage> ready = cached(guest);
            return ready.isPresent() ? ready.get() : make(definition, log, progress);
        }
    }

    /**
     * Puts the image of {@code guest} into the cache {@code other}, compressed, to be carried to other
     * hosts: only one and the same disk makes trials on several hosts comparable. Nothing is done when a
     * whole one is there.
     *
     * @throws GuestUnavailableException when this host cannot make this guest
     */
    public void copyTo(Path other, GuestSpec guest, Path log, Consumer<String> progress) throws IOException {
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
            Path disk = work.resolve("disk.qcow2");
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
            Files.copy(image.kernel(), work.resolve(image.kernel().getFileName()));
            Files.copy(image.initrd(), work.resolve(image.initrd().getFileName()));
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

    private GuestImage make(DebootstrapGuest guest, Path log, Consumer<String> progress) throws IOException {
        String digest = digest(guest);
        Path home = cache.resolve(digest);
        Path work = cache.resolve(digest + ".part");
        Trees.delete(work);
        Trees.delete(home);
        Belongings.ours().make(work);
        try {
            Path script = Files.write(work.resolve(SCRIPT), resource(SCRIPT));
            Path init = Files.write(work.resolve(INIT), resource(INIT));
            List<String> argv = new ArrayList<>(List.of(
                    // What debootstrap mounts goes with it, even when it is killed.
                    "unshare", "-m", "--propagation", "private", "bash", script.toString(), work.toString()));
            argv.add(guest.suite());
            argv.add(String.join(",", guest.components()));
            argv.add(String.join(",", new TreeSet<>(guest.packages())));
            argv.add(Long.toString(guest.diskBytes()));
            argv.add(new DebianMirror(runner).of(guest.suite()).orElse(""));
            argv.add(init.toString());
            runner.run(Command.of(argv).within(PATIENCE).loggingTo(log), line -> {
                        if (line.startsWith("== ")) {
                            progress.accept(line.substring(3));
                        }
                    })
                    .orThrow();
            Files.delete(script);
            Files.delete(init);
            String diskSha256 = FileDigest.sha256(work.resolve("disk.qcow2"));
            Files.writeString(work.resolve(SEAL), diskSha256 + "\n");
            Belongings.ours().keep(work);
            Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
            return image(home, digest, diskSha256);
        } finally {
            Trees.delete(work);
        }
    }

    private static GuestImage image(Path home, String digest, String diskSha256) {
        return new GuestImage(
                home.resolve("disk.qcow2"), home.resolve("vmlinuz"), home.resolve("initrd"), digest, diskSha256);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GuestBuilder.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("missing from the jar: " + name);
            }
            return in.readAllBytes();
        }
    }
}
