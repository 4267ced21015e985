package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

/**
 * A kernel: where its source package comes from and how it is built.
 * {@code specs/kernels/<name>.yaml}.
 *
 * @param arch as {@code uname -m} says it
 * @param guest the name of the guest that it is tried in
 */
public record KernelSpec(String name, String title, String arch, KernelSource source, BuildSpec build, String guest) {
    public KernelSpec {
        Names.require(name);
        requireNonNull(title);
        requireNonNull(arch);
        requireNonNull(source);
        requireNonNull(build);
        Names.require(guest);
    }

    /** The same kernel from another source. */
    public KernelSpec withSource(KernelSource other) {
        return new KernelSpec(name, title, arch, other, build, guest);
    }

    /**
     * sha256, 64 hex digits, over what decides the built packages: architecture, source (with the
     * content of a packaging folder), and the build's root, macros and switches. Not over titles and
     * limits. A source package or tarball is not read here: it counts by its name and by its stated sha256,
     * or by the place that the user named when there is no sha256.
     *
     * @throws java.io.UncheckedIOException when a packaging file is gone since the plan was loaded
     */
    public String digest() {
        CanonicalDigest digest = new CanonicalDigest("kernel").put("arch", arch);
        source.match(packaged -> describe(packaged, digest), srpm -> srpm.describe(digest));
        build.describe(digest);
        return digest.hex();
    }

    /**
     * sha256, 64 hex digits, over architecture and build as in {@link #digest()}, and over the source as
     * the kernel's file names it: not over where a user has it, nor over the sha256 that it must have.
     *
     * @throws java.io.UncheckedIOException when a packaging file is gone since the plan was loaded
     */
    public String buildDigest() {
        CanonicalDigest digest = new CanonicalDigest("kernel-build").put("arch", arch);
        source.match(
                packaged -> describe(packaged, digest),
                srpm -> digest.put("srpm", srpm.fileName())
                        .put("nevra", srpm.nevra().orElse("")));
        build.describe(digest);
        return digest.hex();
    }

    private static CanonicalDigest describe(PackagedSource packaged, CanonicalDigest digest) {
        return packaged.of(debian -> debian.describe(digest), git -> git.describe(digest));
    }
}
