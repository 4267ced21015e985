package org.patchproof.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import org.patchproof.process.Command;

/** rpmbuild's directories for one variant, and how to get at what rpmbuild sees in them. */
interface Topdir {

    /** The path at which rpmbuild sees it. */
    Path seen();

    /** {@code command}, run where rpmbuild sees what it does. */
    Command enter(Command command);

    /** A path relative to the topdir by the name that it has below {@link #own()}. */
    default Path original(Path relative) {
        return relative;
    }

    /** Where this variant's own files go: {@code SPECS}, {@code SOURCES} and what is written to BUILD. */
    Path own();

    /**
     * A directory with those of {@code paths} that the tree has, as rpmbuild sees them now.
     *
     * @param tree relative to the topdir
     */
    Path view(Path tree, SortedSet<String> paths) throws IOException;

    /** A file as rpmbuild left it; empty when it is not there. {@code relative} to the topdir. */
    Optional<Path> file(Path relative);

    /** Removes what is this variant's own. */
    void discard() throws IOException;
}
