package org.patchproof.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.patchproof.files.FileDigest;
import org.patchproof.plan.DebootstrapGuest;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;
import org.patchproof.root.DebianMirror;

/** Makes a root file system from Debian packages, whose kernels are handed to QEMU. */
final class DirectProvider implements GuestProvider {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final String SCRIPT = "guest-debootstrap.sh";
    private static final String INIT = "guest-init.sh";
    private static final String KERNEL = "vmlinuz";
    private static final String INITRD = "initrd";

    private final CommandRunner runner;
    private final DebootstrapGuest guest;

    DirectProvider(CommandRunner runner, DebootstrapGuest guest) {
        this.runner = runner;
        this.guest = guest;
    }

    @Override
    public String digest() throws IOException {
        String all = guest.digest() + "\n" + FileDigest.sha256(Scripts.read(SCRIPT)) + "\n"
                + FileDigest.sha256(Scripts.read(INIT)) + "\n";
        return FileDigest.sha256(all.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> companions() {
        return List.of(KERNEL, INITRD);
    }

    /** Whether the packages can be had is seen when they are fetched. */
    @Override
    public void require() {}

    @Override
    public void make(Path work, Path log, Consumer<String> progress) throws IOException {
        Path script = Files.write(work.resolve(SCRIPT), Scripts.read(SCRIPT));
        Path init = Files.write(work.resolve(INIT), Scripts.read(INIT));
        List<String> argv = new ArrayList<>(List.of(
                // What debootstrap mounts goes with it, even when it is killed.
                "unshare", "-m", "--propagation", "private", "bash", script.toString(), work.toString()));
        argv.add(guest.suite());
        argv.add(String.join(",", guest.components()));
        argv.add(String.join(",", new TreeSet<>(guest.packages())));
        argv.add(Long.toString(guest.diskBytes()));
        argv.add(new DebianMirror(runner).of(guest.suite()).orElse(""));
        argv.add(init.toString());
        runner.run(Command.of(argv).within(PATIENCE).loggingTo(log), line -> {
                    if (line.startsWith("== ")) {
                        progress.accept(line.substring(3));
                    }
                })
                .orThrow();
        Files.delete(script);
        Files.delete(init);
    }

    @Override
    public GuestImage open(Path home, String digest, String diskSha256) {
        return new DirectGuest(home.resolve(DISK), home.resolve(KERNEL), home.resolve(INITRD), digest, diskSha256);
    }
}
