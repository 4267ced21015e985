package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchproof.process.Command;
import org.patchproof.process.CommandRunner;

/** A variant's topdir that begins as a base's: a layer over it, or a copy where this host can lay none. */
final class BaseTopdir {
    private BaseTopdir() {}

    /** @param work where what is the variant's own goes */
    static Topdir over(CommandRunner runner, BaseTree base, String suffix, Path work) throws IOException {
        Files.createDirectories(work);
        List<BuildPlace.Renamed> renamed = renames(base.facts(), suffix);
        Optional<BuildPlace> place = BuildPlace.find(runner, base.topdir());
        if (place.isPresent() && place.get().canLayer(runner, base.topdir(), work)) {
            LayeredTopdir layered =
                    new LayeredTopdir(runner, place.get(), base.topdir(), work.resolve("layered"), renamed);
            layered.create();
            return layered;
        }
        Path own = work.resolve("topdir");
        // A copy, or a reflink; never a hard link, which two variants could write to.
        runner.run(Command.of("cp", "-a", "--reflink=auto", "--", base.topdir().toString(), own.toString())
                        .within(Duration.ofMinutes(30)))
                .orThrow();
        for (BuildPlace.Renamed one : renamed) {
            Files.move(own.resolve(one.from()), own.resolve(one.to()));
        }
        return new PlainTopdir(own, place);
    }

    /** The tree's directory as this variant's spec names it. */
    static Path renamed(BaseTree.Facts base, String suffix) {
        return Path.of(base.tree().toString().replace(base.suffix(), suffix));
    }

    /** From the top down; each as it is when those above have their new name. */
    private static List<BuildPlace.Renamed> renames(BaseTree.Facts base, String suffix) {
        List<BuildPlace.Renamed> all = new ArrayList<>();
        Path above = Path.of("");
        for (Path part : base.tree()) {
            Path to = above.resolve(part.toString().replace(base.suffix(), suffix));
            if (!to.equals(above.resolve(part))) {
                all.add(new BuildPlace.Renamed(above.resolve(part), to));
            }
            above = to;
        }
        return all;
    }
}
