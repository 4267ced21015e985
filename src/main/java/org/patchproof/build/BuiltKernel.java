package org.patchproof.build;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What rpmbuild made of one variant.
 *
 * @param packages to install: the kernel's own first
 * @param release what {@code uname -r} will say
 * @param imagePath of the bootable image in the package
 * @param imageSha256 of that image, from the package's header
 * @param buildId of the vmlinux it was made from, lower-case hex; empty when it has none
 */
public record BuiltKernel(
        List<BuiltPackage> packages, String release, String imagePath, String imageSha256, Optional<String> buildId) {
    public BuiltKernel {
        packages = List.copyOf(packages);
        Objects.requireNonNull(release);
        Objects.requireNonNull(imagePath);
        Objects.requireNonNull(imageSha256);
        Objects.requireNonNull(buildId);
    }

    /** The kernel's own package. */
    public BuiltPackage kernelPackage() {
        return packages.get(0);
    }
}
