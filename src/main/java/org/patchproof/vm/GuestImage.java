package org.patchproof.vm;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A guest that is ready to be used as the base of overlays. Never written to.
 *
 * @param disk qcow2 with one ext4 file system, no partitions
 * @param kernel the guest's own kernel, which runs it while another one is installed
 * @param initrd its initial RAM disk
 * @param digest of the definition it was made from
 * @param diskSha256 of the disk file
 */
public record GuestImage(Path disk, Path kernel, Path initrd, String digest, String diskSha256) {
    public GuestImage {
        Objects.requireNonNull(disk);
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(initrd);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(diskSha256);
    }
}
