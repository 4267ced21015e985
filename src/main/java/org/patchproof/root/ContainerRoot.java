package org.patchproof.root;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.patchproof.process.Command;
import org.patchproof.process.CommandResult;
import org.patchproof.process.CommandRunner;
import org.patchproof.process.Programs;

/** A container for each command: what one leaves in the root, the next does not see. */
final class ContainerRoot implements OpenRoot {
    /** What an OCI runtime refused, not the command in the container (podman-run(1), exit status). */
    private static final List<Integer> NOT_STARTED = List.of(125, 126);

    private final CommandRunner runner;
    private final PodmanRun podman;
    private final RootIdentity identity;
    private final String names;
    private final boolean root;
    private final AtomicInteger count = new AtomicInteger();

    private ContainerRoot(CommandRunner runner, PodmanRun podman, RootIdentity identity, String names, boolean root) {
        this.runner = runner;
        this.podman = podman;
        this.identity = identity;
        this.names = names;
        this.root = root;
    }

    /**
     * Removes what dead runs left, and asks the root what it is.
     *
     * @param filling podman's words for what is in it
     * @param name for people
     * @param digest of what is in it
     */
    static ContainerRoot open(CommandRunner runner, List<String> filling, String name, String digest) {
        new LeftContainers(runner).removeDead();
        String names = "patchproof-" + UUID.randomUUID() + "-";
        PodmanRun podman = new PodmanRun(Optional.empty(), filling, ProcessLimits.options(), Owner.self());
        CommandResult answer = runner.run(podman.command(names + "query", RootQuery.command(), Optional.empty()));
        // crun refuses hosts that have both versions of cgroups mounted; runc does not.
        Optional<Path> other = Programs.find("runc");
        if (NOT_STARTED.contains(answer.exitCode()) && other.isPresent()) {
            podman = podman.by(other.get());
            answer = runner.run(podman.command(names + "ask", RootQuery.command(), Optional.empty()));
        }
        RootIdentity identity = RootQuery.read(answer, "container", name, Optional.of(digest));
        CommandResult user = runner.run(Command.of("id", "-u"));
        return new ContainerRoot(
                runner, podman, identity, names, user.output().strip().equals("0"));
    }

    @Override
    public Command inside(Command command, Path topdir) {
        return podman.command(names + count.incrementAndGet(), command, Optional.of(topdir));
    }

    @Override
    public Command inside(Command command) {
        return podman.command(names + count.incrementAndGet(), command, Optional.empty());
    }

    @Override
    public RootIdentity identity() {
        return identity;
    }

    @Override
    public boolean onHost() {
        return false;
    }

    /** Without root, podman needs a user namespace of its own making. */
    @Override
    public boolean seesMounts() {
        return root;
    }

    @Override
    public void close() {
        new LeftContainers(runner).removeNamed(names);
    }
}
