package org.patchproof.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.patchproof.build.CacheUse;
import org.patchproof.files.FileDigest;
import org.patchproof.process.Command;
import org.patchproof.process.LeashedRunner;

/**
 * An image that boots by itself, and a kernel's RPM to install in it, both from Debian's packages: made once
 * and kept in the cache under the digest of the script that makes them.
 */
public final class BootableImage {
    private static final Path SCRIPTS = Path.of("src/test/resources/vm");
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private BootableImage() {}

    /** The disk, qcow2, of Debian 12 with GRUB, cloud-init, sshd, dnf and rpm. */
    public static Path disk() throws IOException {
        return made("bootable-image.sh", "cloud.qcow2", "bookworm", mirror());
    }

    /** A folder with {@code kernel.rpm}, {@code release} ({@code uname -r}) and {@code sha256} of its image. */
    public static Path kernel() throws IOException {
        return made("kernel-package.sh", "kernel");
    }

    private static Path made(String script, String name, String... arguments) throws IOException {
        // Given up when this process ends: while tests use it, nobody prunes it.
        CacheUse.begin(Caches.shared()).orElseThrow(() -> new IOException("the cache is just being pruned"));
        Path file = SCRIPTS.resolve(script);
        Path home = Files.createDirectories(Caches.shared().resolve("tests").resolve(FileDigest.sha256(file)));
        Path target = home.resolve(name).toAbsolutePath();
        try (FileChannel lock =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock(); // until the channel closes
            if (!Files.exists(target)) {
                List<String> argv = new ArrayList<>(
                        List.of("unshare", "-m", "--propagation", "private", "bash", file.toString(), target + ""));
                argv.addAll(List.of(arguments));
                new LeashedRunner()
                        .run(Command.of(argv).within(PATIENCE).loggingTo(home.resolve("log")))
                        .orThrow();
            }
            return target;
        }
    }

    /** Where this host gets its own packages from. */
    private static String mirror() {
        return new LeashedRunner()
                .run(Command.of(
                        "apt-get", "indextargets", "--format", "$(CODENAME) $(REPO_URI)", "Created-By: Packages"))
                .orThrow()
                .output()
                .lines()
                .filter(line -> line.startsWith("bookworm "))
                .map(line -> line.substring("bookworm ".length()).strip())
                .findFirst()
                .orElse("");
    }
}
