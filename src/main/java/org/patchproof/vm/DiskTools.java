package org.patchproof.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/** Makes overlays and job disks, reads files out of a guest's disk. No mounting, no root needed. */
public final class DiskTools {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long SPARE = 8L << 20;
    /** debugfs has a little language of its own: nothing in a path may be part of it. */
    private static final Pattern PLAIN_PATH = Pattern.compile("(/[A-Za-z0-9._+~^-]+)+");

    private final CommandRunner runner;

    public DiskTools(CommandRunner runner) {
        this.runner = runner;
    }

    /** A new qcow2 overlay at {@code overlay} whose base is {@code base}, which must not change any more. */
    public void overlay(Path base, Path overlay) throws IOException {
        Files.createDirectories(overlay.toAbsolutePath().getParent());
        runner.run(Command.of(
                        "qemu-img",
                        "create",
                        "-q",
                        "-f",
                        "qcow2",
                        "-F",
                        "qcow2",
                        "-b",
                        base.toAbsolutePath().toString(),
                        overlay.toString()))
                .orThrow();
    }

    /** A raw ext4 image at {@code image} with the files of {@code directory}. */
    public void jobDisk(Path directory, Path image) throws IOException {
        long bytes;
        try (Stream<Path> files = Files.walk(directory)) {
            bytes = files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
        long size = (bytes + bytes / 5 + SPARE + 4095) / 4096 * 4096;
        Files.deleteIfExists(image);
        runner.run(Command.of(
                                "mke2fs",
                                "-q",
                                "-t",
                                "ext4",
                                "-O",
                                "^has_journal,^metadata_csum",
                                "-L",
                                "patchproof-job",
                                "-d",
                                directory.toString(),
                                image.toString(),
                                (size / 1024) + "k")
                        .within(PATIENCE))
                .orThrow();
    }

    /**
     * Copies {@code path} out of the ext4 file system of the qcow2 {@code disk} to {@code file}.
     *
     * @param file in a directory of any name; its own name has no blank
     * @throws IOException when the guest's disk has no such file
     */
    public void readFile(Path disk, String path, Path file) throws IOException {
        if (!PLAIN_PATH.matcher(path).matches()) {
            throw new IOException("not a path to read out of a guest: '" + path + "'");
        }
        Path target = file.toAbsolutePath();
        Path raw = target.resolveSibling(target.getFileName() + ".raw");
        try {
            runner.run(Command.of("qemu-img", "convert", "-O", "raw", disk.toString(), raw.toString())
                            .within(PATIENCE))
                    .orThrow();
            Files.deleteIfExists(target);
            // Told from where it runs: a blank in the path of a run would be two words of that language.
            runner.run(Command.of("debugfs", "-R", "dump " + path + " " + target.getFileName(), raw.toString())
                            .in(target.getParent()))
                    .orThrow();
            if (!Files.exists(target) || Files.size(target) == 0) {
                throw new IOException("the guest's disk has no " + path);
            }
        } finally {
            Files.deleteIfExists(raw);
        }
    }
}
