package org.patchproof.root;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.patchproof.files.FileDigest;
import org.patchproof.files.Trees;
import org.patchproof.plan.BuildRoot.Filling.Debian;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;

/**
 * Root directories that debootstrap makes, once, and that are kept in the cache under the digest of their
 * definition. A half-written or damaged one is noticed and made anew.
 */
final class DebianRoots {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String SCRIPT = "root-debootstrap.sh";
    private static final String SEAL = "sealed";

    private final CommandRunner runner;
    private final Path cache;

    /** Roots are kept under {@code cache}/roots. */
    DebianRoots(CommandRunner runner, Path cache) {
        this.runner = runner;
        this.cache = cache.toAbsolutePath().resolve("roots");
    }

    /** A root directory and the digest of what is in it. */
    record Made(Path directory, String digest) {}

    /** The root of {@code definition}; two processes that want the same one make it once. */
    synchronized Made get(Debian definition, Path log, Consumer<String> progress) throws IOException {
        Files.createDirectories(cache);
        String key = key(definition);
        Path home = cache.resolve(key);
        try (FileChannel channel =
                FileChannel.open(cache.resolve(key + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock(); // until the channel closes
            Optional<Made> ready = whole(home);
            return ready.isPresent() ? ready.get() : make(definition, home, log, progress);
        }
    }

    private static String key(Debian definition) throws IOException {
        String all = String.join("\n", definition.describe()) + "\n" + FileDigest.sha256(script());
        return FileDigest.sha256(all.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Made> whole(Path home) throws IOException {
        Path seal = home.resolve(SEAL);
        if (!Files.isRegularFile(seal)) {
            return Optional.empty();
        }
        Made made = new Made(home.resolve("root"), RootDigest.of(home.resolve("root")));
        return Optional.of(made).filter(root -> {
            try {
                return Files.readString(seal).strip().equals(root.digest());
            } catch (IOException e) {
                return false;
            }
        });
    }

    private Made make(Debian definition, Path home, Path log, Consumer<String> progress) throws IOException {
        Path work = home.resolveSibling(home.getFileName() + ".part");
        Trees.delete(work);
        Trees.delete(home);
        Files.createDirectories(work);
        try {
            progress.accept("debootstrap " + definition.suite() + ", once");
            Path script = Files.write(work.resolve(SCRIPT), script());
            CommandResult result = runner.run(Command.of(List.of(
                            // What debootstrap mounts goes with it, even when it is killed.
                            "unshare",
                            "-m",
                            "--propagation",
                            "private",
                            "bash",
                            script.toString(),
                            work.resolve("root").toString(),
                            definition.suite(),
                            String.join(",", definition.components()),
                            String.join(",", definition.packages()),
                            new DebianMirror(runner).of(definition.suite()).orElse("")))
                    .within(PATIENCE)
                    .loggingTo(log));
            if (!result.ok()) {
                throw new RootException(
                        "debootstrap could not make the build root\n" + result.transcript(),
                        "See the lines above. It needs root, and a package mirror, until the root is cached.");
            }
            Files.delete(script);
            String digest = RootDigest.of(work.resolve("root"));
            Files.writeString(work.resolve(SEAL), digest + "\n");
            Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
            return new Made(home.resolve("root"), digest);
        } finally {
            Trees.delete(work);
        }
    }

    private static byte[] script() throws IOException {
        try (InputStream in = DebianRoots.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException("missing from the jar: " + SCRIPT);
            }
            return in.readAllBytes();
        }
    }
}
