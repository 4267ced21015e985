package org.patchproof.build;

import java.util.List;

/** What a build is to end in. */
enum Output {
    /** Packages: the spec's %build, %install and %files. */
    PACKAGES(List.of("-bb", "--noprep", "--noclean")),
    /** The kernel's image in its tree: the spec's %build alone. */
    IMAGE(List.of("-bc", "--noprep"));

    private final List<String> mode;

    Output(List<String> mode) {
        this.mode = mode;
    }

    /** How rpmbuild is asked for it, in a tree that is prepared. */
    List<String> mode() {
        return mode;
    }
}
