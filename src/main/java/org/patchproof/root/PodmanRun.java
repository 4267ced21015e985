package org.patchproof.root;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.process.Command;

/**
 * How podman runs a command in a container, as a value.
 *
 * <p>Files that are made in the topdir belong to whoever runs patchproof: the container's root is this user,
 * both for root and without root. There is no network, no capability but those that unpacking and packing
 * files take, and no way to get more.
 *
 * <p>podman's container does not die with the podman that started it. So it is on a leash of its own: its
 * first process ends, and all others with it, when its standard input does. At the other end of that is a
 * process in the group that a {@link org.patchproof.process.CommandRunner} kills.
 *
 * @param runtime the program that starts containers; empty for podman's own choice
 * @param filling what is in it: {@code --rootfs DIR:O}, or an image
 * @param limits {@code --ulimit} options that this host needs
 * @param owner whose it is
 */
record PodmanRun(Optional<Path> runtime, List<String> filling, List<String> limits, Owner owner) {
    /** By this label leftovers are found. */
    static final String LABEL = "patchproof.owner";

    /** Fixed text; podman's arguments are the positional parameters. What sleeps holds the leash. */
    private static final String HOLD = """
            exec "$@" < <(exec sleep infinity)
            """;

    /** Fixed text; the command is the positional parameters. */
    private static final String LEASH = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            command=$!
            { cat <&3 >/dev/null; kill -KILL $command; } &
            exec 3<&-
            wait $command
            """;

    /** Podman ends a container that outlives even its leash. */
    private static final int SLACK_SECONDS = 60;

    PodmanRun {
        Objects.requireNonNull(runtime);
        filling = List.copyOf(filling);
        limits = List.copyOf(limits);
        Objects.requireNonNull(owner);
    }

    /** The same, started by another program. */
    PodmanRun by(Path other) {
        return new PodmanRun(Optional.of(other), filling, limits, owner);
    }

    /**
     * {@code command} in a container.
     *
     * @param name of the container
     * @param topdir is there at the same path; empty for a command that needs none
     * @throws RootException when podman cannot mount such a path
     */
    Command command(String name, Command command, Optional<Path> topdir) {
        topdir.filter(path -> path.toString().contains(":")).ifPresent(path -> {
            throw new RootException(
                    "podman cannot mount " + path, "Put it where the path has no colon: -o DIR, or --out DIR.");
        });
        List<String> argv = new ArrayList<>(List.of("/bin/bash", "-c", HOLD, "hold", "podman"));
        runtime.ifPresent(path -> argv.addAll(List.of("--runtime", path.toString())));
        argv.addAll(List.of(
                "run",
                "--rm",
                "--interactive",
                "--pull=never",
                "--log-driver=none",
                "--name=" + name,
                "--label=" + LABEL + "=" + owner,
                "--network=none",
                "--hostname=patchproof",
                "--user=0:0",
                "--cap-drop=all",
                "--cap-add=CHOWN,DAC_OVERRIDE,FOWNER,FSETID",
                "--security-opt=no-new-privileges",
                "--security-opt=label=disable",
                "--timeout=" + (command.timeout().toSeconds() + SLACK_SECONDS)));
        argv.addAll(limits);
        topdir.ifPresent(path -> argv.addAll(List.of(
                "--volume=" + path + ":" + path,
                "--volume=" + path.resolve("SOURCES") + ":" + path.resolve("SOURCES") + ":ro",
                "--volume=" + path.resolve("SPECS") + ":" + path.resolve("SPECS") + ":ro")));
        argv.add("--workdir=" + topdir.orElse(Path.of("/")));
        argv.add("--env=LC_ALL=C");
        command.environment().forEach((key, value) -> argv.add("--env=" + key + "=" + value));
        argv.add("--entrypoint=/bin/bash");
        argv.addAll(filling);
        argv.addAll(List.of("-c", LEASH, "leash"));
        argv.addAll(command.argv());
        return new Command(argv, Optional.empty(), new java.util.TreeMap<>(), command.timeout(), command.log());
    }
}
