package org.patchproof.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A guest without a boot loader: each kernel is handed to QEMU, and our init is its first process.
 *
 * @param disk qcow2 with one ext4 file system, no partitions
 * @param kernel the guest's own kernel
 * @param initrd its initial RAM disk
 * @param digest of the definition it was made from
 * @param diskSha256 of the disk file
 */
public record DirectGuest(Path disk, Path kernel, Path initrd, String digest, String diskSha256) implements GuestImage {
    public DirectGuest {
        Objects.requireNonNull(disk);
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(initrd);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(diskSha256);
    }

    @Override
    public Boot own() {
        return new Boot.Kernel(kernel, Optional.of(initrd), List.of("mitigations=off"));
    }

    @Override
    public Startup startup(String release) {
        return Startup.direct();
    }

    @Override
    public Map<String, byte[]> installFiles(String image, List<String> arguments) {
        return Map.of();
    }

    @Override
    public Boot installed(DiskTools disks, Path disk, String image, List<String> arguments, Path work)
            throws IOException {
        Path kernel = work.resolve("vmlinuz");
        disks.readFile(disk, image, kernel);
        return new Boot.Kernel(kernel, Optional.empty(), arguments);
    }
}
