package org.patchproof.root;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.patchproof.plan.BuildRoot;
import org.patchproof.plan.BuildRoot.Filling;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.Programs;

/** Opens build roots. */
public final class BuildRoots {
    private final CommandRunner runner;
    private final Path cache;

    /** @param cache where a root that is made from packages is kept */
    public BuildRoots(CommandRunner runner, Path cache) {
        this.runner = runner;
        this.cache = cache;
    }

    /**
     * Opens {@code root}.
     *
     * @param srpm what is going to be built: mock installs what it needs
     * @param log where the making of a root is told
     * @param progress hears a word on what takes long
     * @throws RootException when it cannot be used here, with the remedy
     */
    public OpenRoot open(BuildRoot root, Path srpm, Path log, Consumer<String> progress) throws IOException {
        // The outcome of match may throw what a lambda may not: ask first, then act.
        if (root instanceof BuildRoot.Container container) {
            require("podman", "container");
            return container(container.filling(), log, progress);
        }
        if (root instanceof BuildRoot.Mock mock) {
            require("mock", "mock");
            progress.accept("mock " + mock.config());
            return MockRoot.open(runner, mock.config(), srpm, log);
        }
        return HostRoot.open(runner);
    }

    private OpenRoot container(Filling filling, Path log, Consumer<String> progress) throws IOException {
        if (filling instanceof Filling.Image image) {
            String digest = imageDigest(image.name());
            // By its id: a name may be given to another image between two builds.
            String id = digest.substring(digest.lastIndexOf(' ') + 1);
            return ContainerRoot.open(runner, List.of(id), image.name(), digest);
        }
        if (filling instanceof Filling.Directory directory) {
            Path path = directory.path();
            if (!Files.isExecutable(path.resolve("bin/bash")) && !Files.isExecutable(path.resolve("usr/bin/bash"))) {
                throw new RootException(
                        path + " is no root directory: it has no bin/bash",
                        "Unpack a root file system there, as podman export or debootstrap make it.");
            }
            progress.accept("reading " + path);
            return ContainerRoot.open(runner, rootfs(path), path.toString(), RootDigest.of(path));
        }
        Filling.Debian debian = (Filling.Debian) filling;
        DebianRoots.Made made = new DebianRoots(runner, cache).get(debian, log, progress);
        return ContainerRoot.open(runner, rootfs(made.directory()), "debian " + debian.suite(), made.digest());
    }

    /** With an overlay: what a build writes there is gone afterwards. */
    private static List<String> rootfs(Path path) {
        return List.of("--rootfs", path + ":O");
    }

    /** The manifest's digest, where there is one, and the image's id. */
    private String imageDigest(String name) {
        CommandResult answer =
                runner.run(Command.of("podman", "image", "inspect", "--format", "{{.Digest}} {{.Id}}", name));
        if (!answer.ok()) {
            throw new RootException(
                    "podman has no image " + name,
                    "Get it first, nothing is fetched behind your back: podman pull " + name
                            + " (or podman load, podman import).");
        }
        return answer.output().strip();
    }

    private static void require(String program, String kind) {
        if (Programs.find(program).isEmpty()) {
            throw new RootException(
                    "this kernel is built in a " + kind + " root, and this host has no " + program,
                    program.equals("podman")
                            ? "Run: apt-get install podman (Debian) or dnf install podman (EL, Fedora)."
                            : "mock is on EL (with EPEL) and Fedora: dnf install mock. Elsewhere use root: container.");
        }
    }
}
