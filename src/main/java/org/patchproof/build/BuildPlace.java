package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchproof.files.Trees;
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

    /**
     * As before, with a layer over a topdir beneath; some directories are seen under a second name, too:
     * options, place, number of names, from and to of each, command.
     */
    private static final String LAYER = """
            mount -t overlay -o "$1" overlay "$2" && cd -- "$2" || exit 125
            names=$3
            shift 3
            while [ "$names" -gt 0 ]; do
              mkdir -p -- "$2" && mount --bind -- "$1" "$2" || exit 125
              names=$((names - 1))
              shift 2
            done
            cd / && exec "$@"
            """;

    /** What an option of mount(8) or of overlayfs would take for its own. */
    private static final Pattern AWKWARD = Pattern.compile("[,:\\\\\"\\s]");

    /**
     * A directory that a variant knows by another name.
     *
     * @param from relative to the topdir
     * @param to relative to the topdir, beside it
     */
    record Renamed(Path from, Path to) {}

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

    /** {@code command} with {@code layer} over {@code below} at {@link #SEEN_AT}; only the layer is written to. */
    Command layered(Path below, Path layer, Path work, List<Renamed> renamed, Command command) {
        String options = "lowerdir=" + below + ",upperdir=" + layer + ",workdir=" + work;
        List<String> parameters =
                new ArrayList<>(List.of(options, SEEN_AT.toString(), Integer.toString(renamed.size())));
        renamed.forEach(
                one -> parameters.addAll(List.of(one.from().toString(), one.to().toString())));
        return within(LAYER, parameters, command);
    }

    /** Whether this host can put a layer in {@code home} over {@code below}: asked by doing it. */
    boolean canLayer(CommandRunner runner, Path below, Path home) throws IOException {
        if (AWKWARD.matcher(below.toString() + home).find()) {
            return false;
        }
        Path layer = Files.createDirectories(home.resolve("probe-layer"));
        Path work = Files.createDirectories(home.resolve("probe-work"));
        try {
            Command write = Command.of("touch", SEEN_AT.resolve("written").toString());
            return runner.run(layered(below, layer, work, List.of(), write)).ok()
                    && Files.exists(layer.resolve("written"));
        } finally {
            Trees.delete(layer);
            Trees.delete(work);
        }
    }

    private Command within(String script, List<String> parameters, Command command) {
        List<String> argv = new ArrayList<>(unshare);
        argv.addAll(List.of("/bin/bash", "-c", script, "place"));
        argv.addAll(parameters);
        argv.addAll(command.argv());
        return new Command(argv, command.directory(), command.environment(), command.timeout(), command.log());
    }
}
