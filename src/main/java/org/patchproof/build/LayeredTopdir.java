package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.patchproof.files.Trees;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/**
 * A layer of the variant's own over a topdir that nobody writes to: what rpmbuild changes goes to the
 * layer. The two are put together in the mount namespace of each command, and come apart with it.
 */
final class LayeredTopdir implements Topdir {
    /** Copies those of the paths that are there, with their directories: target, tree, paths. */
    private static final String COPY = """
            target=$1
            cd -- "$2" || exit 1
            shift 2
            for path; do
              if [ -e "$path" ] || [ -L "$path" ]; then
                cp --parents --no-dereference --preserve=mode,timestamps -t "$target" -- "$path" || exit 1
              fi
            done
            """;

    private final CommandRunner runner;
    private final BuildPlace place;
    private final Path below;
    private final Path home;
    private final List<BuildPlace.Renamed> renamed;

    /**
     * @param below the topdir beneath, which is only read
     * @param home where the layer is made, on a disk that can hold one
     * @param renamed directories that this variant knows by another name
     */
    LayeredTopdir(CommandRunner runner, BuildPlace place, Path below, Path home, List<BuildPlace.Renamed> renamed) {
        this.runner = runner;
        this.place = place;
        this.below = below.toAbsolutePath();
        this.home = home.toAbsolutePath();
        this.renamed = List.copyOf(renamed);
    }

    /** Makes the layer, empty. */
    void create() throws IOException {
        Files.createDirectories(own());
        Files.createDirectories(home.resolve("work"));
    }

    @Override
    public Path seen() {
        return BuildPlace.SEEN_AT;
    }

    @Override
    public Path own() {
        return home.resolve("layer");
    }

    @Override
    public Command enter(Command command) {
        return place.layered(below, own(), home.resolve("work"), renamed, command);
    }

    @Override
    public Path view(Path tree, SortedSet<String> paths) throws IOException {
        Path view = home.resolve("view");
        Trees.delete(view);
        Files.createDirectories(view);
        List<String> argv = new ArrayList<>(List.of("/bin/bash", "-c", COPY, "view", view.toString()));
        argv.add(seen().resolve(tree).toString());
        argv.addAll(paths);
        runner.run(enter(Command.of(argv).within(Duration.ofMinutes(5)))).orThrow();
        return view;
    }

    /** From the layer where it is there: rpmbuild removes nothing of what is asked for. */
    @Override
    public Optional<Path> file(Path relative) {
        for (Path root : List.of(own(), below)) {
            Path file = root.resolve(original(relative));
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** By the name that it has beneath. */
    @Override
    public Path original(Path relative) {
        Path path = relative;
        for (int i = renamed.size() - 1; i >= 0; i--) {
            BuildPlace.Renamed one = renamed.get(i);
            if (path.startsWith(one.to())) {
                path = one.from().resolve(one.to().relativize(path));
            }
        }
        return path;
    }

    @Override
    public void discard() throws IOException {
        Trees.delete(home);
    }
}
