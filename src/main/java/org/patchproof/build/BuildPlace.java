package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/**
 * Lets rpmbuild see its topdir at one and the same path, whatever directory it really is: paths get into
 * debug information, into build ids, and into what make remembers. The directory is mounted there in a
 * mount namespace of the command's own, so that builds do not see each other, and the mount dies with the
 * command, whatever kills it.
 */
final class BuildPlace {
    /** Where each build sees its topdir. An empty directory for all others. */
    static final Path SEEN_AT = Path.of("/var/tmp/patchproof-build");

    /** Fixed text; paths and command come as positional parameters: topdir, place, command. */
    private static final String BIND = """
            mount --bind -- "$1" "$2" || exit 125
            shift 2
            cd / && exec "$@"
            """;

    private static final List<List<String>> WAYS = List.of(
            List.of("unshare", "--mount", "--propagation", "private"),
            List.of("unshare", "--map-root-user", "--mount", "--propagation", "private"));

    private final List<String> unshare;

    private BuildPlace(List<String> unshare) {
        this.unshare = unshare;
    }

    /** How this host lets us mount, as root or in a user namespace; empty where it does not. */
    static Optional<BuildPlace> find(CommandRunner runner, Path topdir) {
        try {
            Files.createDirectories(SEEN_AT);
        } catch (IOException e) {
            return Optional.empty();
        }
        return WAYS.stream()
                .map(BuildPlace::new)
                .filter(place ->
                        runner.run(place.bound(topdir, Command.of("true"))).ok())
                .findFirst();
    }

    /** {@code command} with {@code topdir} at {@link #SEEN_AT}. */
    Command bound(Path topdir, Command command) {
        return within(BIND, List.of(topdir.toString(), SEEN_AT.toString()), command);
    }

    private Command within(String script, List<String> parameters, Command command) {
        List<String> argv = new ArrayList<>(unshare);
        argv.addAll(List.of("/bin/bash", "-c", script, "place"));
        argv.addAll(parameters);
        argv.addAll(command.argv());
        return new Command(argv, command.directory(), command.environment(), command.timeout(), command.log());
    }
}
