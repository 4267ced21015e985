package org.patchproof.build;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which compilers are too new for a kernel, known before anything is built. Pure.
 *
 * <p>Up to 4.1 {@code include/linux/compiler-gcc.h} includes a header that is named after gcc's major version,
 * and there is none for later ones: every file of such a kernel fails at its first line. gcc 5's came with 3.18
 * (upstream 71458cfc782e), the mechanism went with 4.2 (cb984d101b30). That a later kernel is not refused does
 * not say that it builds.
 */
public final class CompilerFit {
    private record Bound(int major, int minor, int newest) {}

    /** Kernels before major.minor want gcc up to newest. The first that holds counts; of older than 2 nothing is said. */
    private static final List<Bound> BOUNDS = List.of(new Bound(3, 18, 4), new Bound(4, 2, 5));

    private static final int OLDEST = 2;

    /** name-version-release[.arch]. */
    private static final Pattern NEVRA = Pattern.compile(".*-(?<major>\\d+)\\.(?<minor>\\d+)[^-]*-[^-]+");

    private CompilerFit() {}

    /**
     * Why {@code gcc} cannot build the kernel.
     *
     * @param nevra of the source package: its version is the kernel's
     * @param gcc as {@code 12.2.0}; nothing is said of an empty one
     */
    public static Optional<String> objection(String nevra, String gcc) {
        Matcher version = NEVRA.matcher(nevra);
        if (!version.matches() || !gcc.matches("\\d+(\\..*)?")) {
            return Optional.empty();
        }
        int major = Integer.parseInt(version.group("major"));
        int minor = Integer.parseInt(version.group("minor"));
        int compiler = Integer.parseInt(gcc.replaceAll("\\..*", ""));
        return BOUNDS.stream()
                .filter(bound -> major >= OLDEST)
                .filter(bound -> major < bound.major() || major == bound.major() && minor < bound.minor())
                .findFirst()
                .filter(bound -> compiler > bound.newest())
                .map(bound -> "gcc " + gcc + " is too new for " + nevra + ": kernels before " + bound.major() + "."
                        + bound.minor() + " build with gcc " + bound.newest() + " or older");
    }
}
