package org.patchproof.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.plan.Workspace;
import org.patchproof.process.LeashedRunner;
import org.patchproof.root.BuildRoots;
import org.patchproof.root.OpenRoot;

/** A root made from Debian packages, which builds fake kernels; made once, and kept in the shared cache. */
public final class BuildRootOfTests {
    private BuildRootOfTests() {}

    /** As a kernel's YAML would have it. */
    public static BuildRoot.Container asked() {
        return new BuildRoot.Container(new Filling.Debian(
                "bookworm", List.of("main"), List.of("gcc", "libc6-dev", "make", "patch", "rpm", "xz-utils")));
    }

    /** Writes it into the YAML of a {@link FakeWorkspace}'s kernel. */
    public static void use(Workspace workspace) throws IOException {
        Path kernel = workspace.kernelFile("fake-1.0");
        String build = """
                build:
                  root: container
                  container: {suite: bookworm, packages: [gcc, libc6-dev, make, patch, rpm, xz-utils]}
                  package: kernel
                  nodeps: true
                  timeout: 2m
                  disk: 16M
                """;
        Files.writeString(
                kernel, Files.readString(kernel).replaceAll("(?m)^build: .*\n", Matcher.quoteReplacement(build)));
    }

    /** Lets a cache of a test's own have it, which is dear to make. */
    public static void share(Path cache) throws IOException {
        Path roots = Files.createDirectories(cache).resolve("roots");
        if (!Files.exists(roots)) {
            Files.createSymbolicLink(
                    roots, Files.createDirectories(Caches.shared().resolve("roots")));
        }
    }

    /** Opened; the caller closes it. */
    public static OpenRoot open() throws IOException {
        Path log = Path.of("target/build-root.log");
        return new BuildRoots(new LeashedRunner(), Caches.shared())
                .open(asked(), Path.of("none.src.rpm"), log, w -> {});
    }

    /** The directory of a root that was opened before. */
    public static Path directory() throws IOException {
        try (Stream<Path> roots = Files.list(Caches.shared().resolve("roots"))) {
            return roots.map(home -> home.resolve("root"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
