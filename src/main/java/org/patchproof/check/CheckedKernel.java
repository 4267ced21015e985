package org.patchproof.check;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.plan.KernelSource;
import org.patchproof.plan.KernelSpec;
import org.patchproof.plan.SrpmLocation;
import org.patchproof.plan.SrpmSource;

/**
 * A kernel to check patches on.
 *
 * @param name for people
 * @param source where its source package comes from
 * @param digest of all that its YAML says of the source and the build
 */
public record CheckedKernel(String name, KernelSource source, String digest) {
    public CheckedKernel {
        Objects.requireNonNull(name);
        Objects.requireNonNull(source);
        Objects.requireNonNull(digest);
    }

    /** A kernel of the workspace. */
    public static CheckedKernel of(KernelSpec kernel) {
        return new CheckedKernel(kernel.name(), kernel.source(), kernel.digest());
    }

    /** A source package that no YAML speaks of; its name is the file's. */
    public static CheckedKernel of(Path srpm) {
        String file = srpm.getFileName().toString();
        SrpmLocation here = new SrpmLocation.LocalFile(srpm.toAbsolutePath().normalize());
        return new CheckedKernel(
                file.replaceFirst("\\.(src|nosrc)\\.rpm$", ""),
                new SrpmSource(file, Optional.empty(), Optional.empty(), Optional.of(here), Optional.empty()),
                "");
    }
}
