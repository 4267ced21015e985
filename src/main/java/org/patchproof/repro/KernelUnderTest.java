package org.patchproof.repro;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A built kernel as its packages describe it: what a guest must show to be evidence for it.
 *
 * @param packages the RPM files to install, the kernel's own first; none for an image that is booted as it is
 * @param nevra of the kernel package, as {@code rpm -q} prints it (no epoch)
 * @param release what {@code uname -r} must say
 * @param imagePath of the bootable image in the package
 * @param imageSha256 of that file, from the package's header
 * @param buildId of its vmlinux, lower-case hex; empty when the build gave none
 */
public record KernelUnderTest(
        List<Path> packages,
        String nevra,
        String release,
        String imagePath,
        String imageSha256,
        Optional<String> buildId) {
    public KernelUnderTest {
        packages = List.copyOf(packages);
        Objects.requireNonNull(nevra);
        Objects.requireNonNull(release);
        Objects.requireNonNull(imagePath);
        Objects.requireNonNull(imageSha256);
        Objects.requireNonNull(buildId);
        if (packages.isEmpty() && buildId.isEmpty()) {
            throw new IllegalArgumentException("a kernel without a package or a build-id cannot be told from others");
        }
    }

    /** Whether it is an image alone, which the guest's package manager knows nothing of. */
    boolean direct() {
        return packages.isEmpty();
    }
}
