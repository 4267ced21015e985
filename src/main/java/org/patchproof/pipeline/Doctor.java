package org.patchproof.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.vm.AccelerationChoice;
import org.patchproof.vm.AccelerationMemory;
import org.patchproof.vm.AccelerationProbe;

/** Says what this host has and lacks for a run, and installs what lacks. */
public final class Doctor {
    /** A kernel's tree as it is built, its packages, a guest's image and a few overlays. */
    static final long DISK_WANTED = 12L << 30;

    /** With less not even a small kernel's build ends. */
    static final long DISK_NEEDED = 6L << 30;

    /** A guest of 1 GiB, a compiler or two and this program. */
    static final long MEMORY_WANTED = 3L << 30;

    static final Path TARBALL = Path.of("/usr/src/linux-source-6.1.tar.xz");

    private static final int JAVA_WANTED = 17;
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(60);

    private final CommandRunner runner;
    private final HostView host;
    private final Function<Path, Check> acceleration;

    /**
     * @param runner asks tools for their versions, and installs
     * @param acceleration says how guests will run here, given the cache; is asked once for each look
     */
    public Doctor(CommandRunner runner, Function<Path, Check> acceleration) {
        this(runner, HostView.here(), acceleration);
    }

    Doctor(CommandRunner runner, HostView host, Function<Path, Check> acceleration) {
        this.runner = Objects.requireNonNull(runner);
        this.host = Objects.requireNonNull(host);
        this.acceleration = Objects.requireNonNull(acceleration);
    }

    /** How guests will run here, by booting something, unless {@code cache} remembers it. */
    public static Check probe(CommandRunner runner, Path cache) {
        AccelerationChoice choice = chosen(runner, cache);
        String seen = choice.acceleration().word() + ": " + choice.reason();
        return choice.acceleration().word().equals("kvm")
                ? Check.ok("acceleration", seen)
                : Check.warning("acceleration", seen, "Guests are emulated: everything works, trials take longer.");
    }

    /** A boot sector has to do here: there may be no guest yet, and verify tries a Linux anyway. */
    private static AccelerationChoice chosen(CommandRunner runner, Path cache) {
        try {
            return AccelerationMemory.of(cache).choose(new AccelerationProbe(runner)::choose, Optional::empty);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroubleException("interrupted while probing the acceleration", "Run it again.", e);
        }
    }

    /**
     * Looks at everything.
     *
     * @param runs where bundles will be
     * @param cache where packages and images will be kept
     */
    public List<Check> look(Path runs, Path cache) {
        List<Check> checks = new ArrayList<>();
        checks.add(java());
        HostTool.ALL.forEach(tool -> checks.add(tool.ask(runner)));
        checks.add(tarball());
        checks.add(root());
        checks.add(disk("disk for runs", runs, "Free some space, or put the runs elsewhere with --out DIR."));
        checks.add(disk("disk for the cache", cache, "Free some space, or set XDG_CACHE_HOME to another disk."));
        checks.add(memory());
        checks.add(Check.ok("processors", String.valueOf(host.processors())));
        checks.add(acceleration.apply(cache));
        return checks;
    }

    /**
     * Looks at what build roots need that are not this host.
     *
     * @param kernels by the word of their root, {@code container} or {@code mock}, their names
     */
    public List<Check> lookForRoots(Map<String, List<String>> kernels) {
        List<Check> checks = new ArrayList<>();
        Optional.ofNullable(kernels.get("container"))
                .ifPresent(names ->
                        checks.add(HostTool.podman(String.join(", ", names)).ask(runner)));
        Optional.ofNullable(kernels.get("mock"))
                .ifPresent(names ->
                        checks.add(HostTool.mock(String.join(", ", names)).ask(runner)));
        return checks;
    }

    /** The packages that would bring what lacks, for this host's family (else for Debian), each once. */
    public List<String> packages(List<Check> checks) {
        DistroFamily family = family().orElse(DistroFamily.DEBIAN);
        return checks.stream()
                .filter(check -> check.state() != Check.State.OK)
                .flatMap(check -> Optional.ofNullable(check.packages().get(family)).stream())
                .distinct()
                .toList();
    }

    /** This host's family; empty when it is another one. */
    public Optional<DistroFamily> family() {
        return DistroFamily.of(host.osRelease());
    }

    /**
     * Installs packages, on Debian and Ubuntu.
     *
     * @param lines gets the package manager's output
     * @throws WrongRequestException on any other host, or when the user is not root; the remedy is the
     *     command to type
     * @throws org.patchproof.process.CommandException when the package manager fails
     */
    public void install(List<String> packages, Consumer<String> lines) {
        String names = String.join(" ", packages);
        if (family().filter(f -> f == DistroFamily.DEBIAN).isEmpty()) {
            throw new WrongRequestException(
                    "packages are installed here on Debian and Ubuntu only",
                    family().isPresent() ? "Run: dnf install " + names : "Install what these bring: " + names);
        }
        if (!isRoot()) {
            throw new WrongRequestException(
                    "only root may install packages",
                    "Run: sudo apt-get update && sudo apt-get install --no-install-recommends " + names);
        }
        aptGet(List.of("update"), lines);
        List<String> install = new ArrayList<>(List.of("install", "--yes", "--no-install-recommends"));
        install.addAll(packages);
        aptGet(install, lines);
    }

    private void aptGet(List<String> arguments, Consumer<String> lines) {
        List<String> argv = new ArrayList<>(List.of("apt-get"));
        argv.addAll(arguments);
        Command command =
                Command.of(argv).with("DEBIAN_FRONTEND", "noninteractive").within(INSTALL_LIMIT);
        runner.run(command, lines).orThrow();
    }

    private Check java() {
        String version = host.java();
        return Runtime.Version.parse(version).feature() >= JAVA_WANTED
                ? Check.ok("java", version)
                : Check.missing("java", version, "Install Java " + JAVA_WANTED + " or later.");
    }

    /** Other releases have no such package; naming it there would make the whole installation fail. */
    private Check tarball() {
        if (host.exists(TARBALL)) {
            return Check.ok("kernel source", TARBALL.toString());
        }
        boolean bookworm = host.osRelease().lines().anyMatch("VERSION_CODENAME=bookworm"::equals);
        return new Check(
                "kernel source",
                bookworm ? Check.State.MISSING : Check.State.WARNING,
                "no " + TARBALL,
                "Debian 12's package linux-source-6.1 brings it. Only kernels that are built from it need it.",
                bookworm ? Map.of(DistroFamily.DEBIAN, "linux-source-6.1") : Map.of());
    }

    private Check root() {
        return isRoot()
                ? Check.ok("root", "yes")
                : Check.warning(
                        "root", "no", "debootstrap needs root to make a Debian guest: run as root until it is cached.");
    }

    private boolean isRoot() {
        CommandResult answer = runner.run(Command.of("id", "-u"));
        return answer.ok() && answer.output().strip().equals("0");
    }

    private Check disk(String name, Path folder, String remedy) {
        OptionalLong free = host.usableBytes(folder);
        String seen = free.isPresent() ? gib(free.getAsLong()) + " free at " + folder : "cannot be told at " + folder;
        long bytes = free.orElse(0L);
        if (bytes >= DISK_WANTED) {
            return Check.ok(name, seen);
        }
        String wanted = "A run wants " + gib(DISK_WANTED) + ". " + remedy;
        return free.isEmpty() || bytes >= DISK_NEEDED
                ? Check.warning(name, seen, wanted)
                : Check.missing(name, seen, wanted);
    }

    private Check memory() {
        OptionalLong memory = host.memoryBytes();
        String seen = memory.isPresent() ? gib(memory.getAsLong()) : "cannot be told";
        return memory.isPresent() && memory.getAsLong() >= MEMORY_WANTED
                ? Check.ok("memory", seen)
                : Check.warning("memory", seen, "A guest and a compiler side by side want " + gib(MEMORY_WANTED) + ".");
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
