package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import org.patchproof.files.Trees;
import org.patchproof.process.Command;

/**
 * A directory of the variant's own.
 *
 * @param own the directory, absolute
 * @param place lets rpmbuild see it at {@link BuildPlace#SEEN_AT}; empty where it sees it as it is
 */
record PlainTopdir(Path own, Optional<BuildPlace> place) implements Topdir {

    @Override
    public Path seen() {
        return place.isPresent() ? BuildPlace.SEEN_AT : own;
    }

    @Override
    public Command enter(Command command) {
        return place.map(at -> at.bound(own, command)).orElse(command);
    }

    @Override
    public Path view(Path tree, SortedSet<String> paths) {
        return own.resolve(tree);
    }

    @Override
    public Optional<Path> file(Path relative) {
        return Optional.of(own.resolve(relative)).filter(Files::exists);
    }

    @Override
    public void discard() throws IOException {
        Trees.delete(own);
    }
}
