package org.patchproof.pipeline;

/** The names in run.json of the stages in which a variant can fail by its own fault. */
final class Stages {
    static final String PATCH = "patch";
    static final String BUILD = "build";
    static final String INSTALL = "install";
    static final String BOOT = "boot";

    private Stages() {}
}
