package org.patchproof.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;

/** Files go into disks and come out of them, wherever the disks lie: mke2fs, qemu-img and debugfs for real. */
class DiskToolsIT {
    @TempDir
    Path dir;

    private final DiskTools disks = new DiskTools(new LeashedRunner());

    @Test
    void aFileComesOutOfADiskInADirectoryWhoseNameHasBlanks() throws Exception {
        Path runs = Files.createDirectories(dir.resolve("my \"runs\"; rm a"));
        Path files = Files.createDirectories(runs.resolve("files"));
        Files.writeString(files.resolve("vmlinuz-6.1"), "a kernel\n");
        Path base = runs.resolve("base.qcow2");
        Path raw = runs.resolve("disk.img");
        disks.jobDisk(files, raw);
        new LeashedRunner()
                .run(Command.of("qemu-img", "convert", "-O", "qcow2", raw.toString(), base.toString()))
                .orThrow();
        Path overlay = runs.resolve("overlay.qcow2");
        disks.overlay(base, overlay);

        Path target = runs.resolve("kernel");
        disks.readFile(overlay, "/vmlinuz-6.1", target);

        assertThat(target).hasContent("a kernel\n");
        assertThatThrownBy(() -> disks.readFile(overlay, "/vmlinuz-6.2", target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the guest's disk has no /vmlinuz-6.2");
    }
}
