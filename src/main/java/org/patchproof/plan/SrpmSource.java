package org.patchproof.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A distribution's source RPM.
 *
 * @param fileName the name it is looked for under, in {@code srpms/} of the workspace
 * @param nevra the name-version-release that its header must say
 * @param sha256 of the file, 64 lower-case hex digits
 * @param location where the user said that it is, instead of {@code srpms/}; a local file existed when
 *     the plan was loaded
 * @param key a file with the vendor's public key: the package must be signed by it
 */
public record SrpmSource(
        String fileName,
        Optional<String> nevra,
        Optional<String> sha256,
        Optional<SrpmLocation> location,
        Optional<Path> key)
        implements KernelSource {
    public SrpmSource {
        requireNonNull(fileName);
        requireNonNull(nevra);
        requireNonNull(sha256);
        requireNonNull(location);
        requireNonNull(key);
    }

    /** As a spec says it: to be found under its name. */
    public SrpmSource(String fileName, Optional<String> nevra, Optional<String> sha256) {
        this(fileName, nevra, sha256, Optional.empty(), Optional.empty());
    }

    /** Where it is to be had: where the user said, else in {@code srpms/} of the workspace, there or not. */
    public SrpmLocation locationIn(Workspace workspace) {
        Path usual = workspace.srpms().resolve(fileName);
        return location.orElseGet(() -> new SrpmLocation.LocalFile(usual));
    }

    @Override
    public <R> R match(Function<PackagedSource, R> packaged, Function<SrpmSource, R> srpm) {
        return srpm.apply(this);
    }

    /** Not its key: who signed it changes nothing in what is built. */
    CanonicalDigest describe(CanonicalDigest digest) {
        return digest.put("srpm", fileName)
                .put("nevra", nevra.orElse(""))
                .put("sha256", sha256.orElse(""))
                .put(
                        "location",
                        sha256.isPresent() ? "" : location.map(Object::toString).orElse(""));
    }
}
