package org.patchproof.pipeline;

import java.util.Set;

/** The names in run.json of the stages in which a variant can fail by its own fault. */
final class Stages {
    static final String PATCH = "patch";
    static final String BUILD = "build";
    static final String INSTALL = "install";
    static final String BOOT = "boot";

    /** Those in which what was built fails. */
    static final Set<String> OF_WHAT_WAS_BUILT = Set.of(INSTALL, BOOT);

    private Stages() {}
}
