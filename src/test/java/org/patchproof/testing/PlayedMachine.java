package org.patchproof.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.patchproof.files.FileDigest;
import org.patchproof.plan.GuestSpec;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.LeashedRunner;
import org.patchproof.process.RunningCommand;
import org.patchproof.vm.GuestBuilder;

/** Real tools, but the machine: {@link FakeQemu} instead of QEMU. */
public final class PlayedMachine implements CommandRunner {
    private final CommandRunner tools;
    private final String mood;
    private final AtomicInteger starts = new AtomicInteger();

    public PlayedMachine() {
        this(new LeashedRunner(), "good");
    }

    /** @param mood what goes wrong in it: see {@link FakeCustomer} */
    public PlayedMachine(CommandRunner tools, String mood) {
        this.tools = tools;
        this.mood = mood;
    }

    /** How many machines were started. */
    public int starts() {
        return starts.get();
    }

    /** Puts a guest into {@code cache}: all that the played machine needs of one is a disk. */
    public void guest(Path cache, GuestSpec spec, Map<String, String> companions)
            throws IOException, InterruptedException {
        GuestBuilder builder = new GuestBuilder(tools, cache);
        Path home = Files.createDirectories(cache.resolve("guests").resolve(builder.digest(spec)));
        Path root = Files.createDirectories(cache.resolveSibling("root/boot")).getParent();
        Path raw = cache.resolveSibling("disk.raw");
        tools.run(Command.of("mke2fs", "-q", "-F", "-t", "ext4", "-d", root.toString(), raw.toString(), "16M"))
                .orThrow();
        Path disk = home.resolve("disk.qcow2");
        tools.run(Command.of("qemu-img", "convert", "-O", "qcow2", raw.toString(), disk.toString()))
                .orThrow();
        for (Map.Entry<String, String> file : companions.entrySet()) {
            Files.writeString(home.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(home.resolve("sealed"), FileDigest.sha256(disk) + "\n");
        if (builder.cached(spec).isEmpty()) {
            throw new IOException("not taken for a guest: " + home);
        }
    }

    @Override
    public CommandResult run(Command command, Consumer<String> lines) {
        return tools.run(command, lines);
    }

    @Override
    public RunningCommand start(Command command) {
        List<String> argv = new ArrayList<>(command.argv());
        int qemu = argv.indexOf("qemu-system-x86_64");
        if (qemu >= 0) {
            starts.incrementAndGet();
            if (mood.equals("no-qemu")) {
                return tools.start(Command.of("/nonexistent/qemu"));
            }
            // Without the bound on QEMU's memory, too, which would be too narrow for a JVM.
            argv.subList(0, qemu + 1).clear();
            argv.addAll(
                    0,
                    List.of(
                            "java",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Dmood=" + mood,
                            "-cp",
                            Path.of("target/test-classes").toAbsolutePath().toString(),
                            FakeQemu.class.getName()));
        }
        return tools.start(
                new Command(argv, command.directory(), command.environment(), command.timeout(), command.log()));
    }
}
