package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.patchproof.files.Belongings;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Programs;

/**
 * Remembers what the probe found, for as long as nothing that it depends on changes: this boot of this
 * host, the QEMU, the user, the device and who may open it. A file that is damaged is as good as none.
 */
public final class AccelerationMemory {
    private static final String FORMAT = "patchproof-acceleration 1";
    /** Hosts may share a cache, and each boot adds a file: the newest are kept. */
    private static final int MOST_FILES = 16;

    private static final int SIZE_LIMIT = 4096;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path folder;
    private final String circumstances;

    /** What is asked when nothing is remembered: {@link AccelerationProbe#choose}. */
    @FunctionalInterface
    public interface Probe {
        /** As {@link AccelerationProbe#choose}. */
        AccelerationChoice choose(AccelerationProbe.Linux linux) throws IOException, InterruptedException;
    }

    /** The memory of this host under {@code cache}. */
    public static AccelerationMemory of(Path cache) throws IOException {
        Path device = AccelerationProbe.DEVICE;
        Optional<Path> qemu = Programs.find(QemuArguments.PROGRAM);
        return new AccelerationMemory(
                cache,
                String.join(
                        "\n",
                        new String(Files.readAllBytes(BOOT_ID), StandardCharsets.US_ASCII).strip(),
                        qemu.isPresent() ? identity(qemu.get().toRealPath()) : "no QEMU",
                        Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString(),
                        Files.exists(device) + " " + Files.isReadable(device) + " " + Files.isWritable(device)));
    }

    AccelerationMemory(Path cache, String circumstances) {
        this.folder = cache.resolve("acceleration");
        this.circumstances = circumstances;
    }

    private static String identity(Path file) throws IOException {
        FileTime changed = Files.getLastModifiedTime(file);
        return file + " " + Files.size(file) + " " + changed;
    }

    /**
     * What is remembered, else what {@code probe} finds; that is remembered, unless all that was tried is a
     * boot sector, as long as there is no Linux yet.
     *
     * @param linux as {@link AccelerationProbe#choose} has it
     */
    public AccelerationChoice choose(Probe probe, AccelerationProbe.Linux linux)
            throws IOException, InterruptedException {
        Optional<AccelerationChoice> remembered = remembered();
        if (remembered.isPresent()) {
            return new AccelerationChoice(
                    remembered.get().acceleration(),
                    remembered.get().reason() + " (remembered since this host's boot; remove " + file()
                            + " to look again)");
        }
        boolean[] lacked = {false};
        AccelerationChoice choice = probe.choose(() -> {
            Optional<Path> kernel = linux.kernel();
            lacked[0] = kernel.isEmpty();
            return kernel;
        });
        if (!lacked[0]) {
            remember(choice);
        }
        return choice;
    }

    /** The choice that was made under these circumstances, when it is known. */
    Optional<AccelerationChoice> remembered() {
        try {
            if (!Files.isRegularFile(file()) || Files.size(file()) > SIZE_LIMIT) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file());
            if (lines.size() != 4 || !lines.equals(lines(lines.get(1), lines.get(2)))) {
                return Optional.empty();
            }
            return Stream.of(Acceleration.values())
                    .filter(a -> a.word().equals(lines.get(1)))
                    .findFirst()
                    .map(a -> new AccelerationChoice(a, lines.get(2)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void remember(AccelerationChoice choice) throws IOException {
        Files.createDirectories(folder);
        Path scratch = Belongings.ours().scratchIn(folder);
        try {
            Path part = Files.write(
                    scratch.resolve("choice"),
                    lines(choice.acceleration().word(), choice.reason().replace('\n', ' ')));
            Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Belongings.ours().remove(scratch);
        }
        forgetTheOldest();
    }

    private void forgetTheOldest() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparingLong((Path f) -> f.toFile().lastModified())
                            .reversed())
                    .toList();
        }
        for (Path old : all.subList(Math.min(MOST_FILES, all.size()), all.size())) {
            Files.deleteIfExists(old);
        }
    }

    private Path file() {
        return folder.resolve(digest(circumstances));
    }

    private List<String> lines(String word, String reason) {
        return List.of(FORMAT, word, reason, digest(FORMAT + "\n" + word + "\n" + reason + "\n" + circumstances));
    }

    private static String digest(String text) {
        return FileDigest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
