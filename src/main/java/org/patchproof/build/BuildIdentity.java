package org.patchproof.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.patchproof.files.FileDigest;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildSpec;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.root.OpenRoot;
import org.patchproof.root.RootIdentity;

/**
 * All that decides what is built of a source package but the patches, by content: the package, the kernel's
 * macros and switches, the build root and its programs. How many compilers run at once is not in it, nor
 * whether a compiler cache takes part: neither changes a byte.
 *
 * @param digest of it all, in lower-case hex
 */
public record BuildIdentity(String digest) {
    /** Raised when patchproof itself builds otherwise than before. */
    private static final String WAY = "2";

    public BuildIdentity {
        Objects.requireNonNull(digest);
    }

    /** What {@code spec} makes of the source package with this sha256, in {@code root}. */
    public static BuildIdentity of(String srpmSha256, BuildSpec spec, OpenRoot root, CommandRunner runner)
            throws IOException {
        return of(List.of(
                "way " + WAY,
                "source " + srpmSha256,
                "root " + spec.root().name().toLowerCase(Locale.ROOT),
                "package " + spec.packageName(),
                "dependencies " + spec.dependencies(),
                "with " + spec.with(),
                "without " + spec.without(),
                "defines " + new TreeMap<>(spec.defines()),
                "place " + BuildPlace.SEEN_AT,
                root.onHost() ? Toolchain.describe(runner) : contents(root.identity()),
                "rpm " + configuration(root, runner)));
    }

    /**
     * A digest of what rpm knows before it reads a spec: each macro of each file that it reads, the user's own
     * among them, as it stands there. Where a root's digest is over its files, it covers them.
     */
    private static String configuration(OpenRoot root, CommandRunner runner) {
        if (root.identity().digest().isPresent()) {
            return "-";
        }
        List<String> ask = List.of("/bin/bash", "-c", "set -o pipefail; rpmbuild --showrc | sha256sum");
        return runner.run(root.inside(Command.of(KeptEnvironment.only(List.of(), ask))))
                .orThrow()
                .output()
                .strip();
    }

    /**
     * Begins to read this host's programs, on a thread of its own: they are large, and another core has nothing to
     * do while a source package is made. Whoever asks for an identity later need not read them again.
     *
     * @return ends when they are read; what goes wrong is met again by whoever asks
     */
    public static CompletableFuture<Void> readAhead(BuildSpec spec, CommandRunner runner) {
        return spec.root() instanceof BuildRoot.Host
                ? CompletableFuture.runAsync(() -> Toolchain.readAhead(runner))
                : CompletableFuture.completedFuture(null);
    }

    /** A root that is no host says itself what is in it; what it is called is no part of that. */
    private static String contents(RootIdentity root) {
        return root.digest().orElse("-") + " " + root.packages() + " " + root.compiler() + " " + root.rpmbuild();
    }

    /** Of this and more. */
    public BuildIdentity with(List<String> more) {
        List<String> parts = new java.util.ArrayList<>(List.of(digest));
        parts.addAll(more);
        return of(parts);
    }

    private static BuildIdentity of(List<String> parts) {
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(part.length()).append(' ').append(part).append('\n'));
        return new BuildIdentity(FileDigest.sha256(all.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
