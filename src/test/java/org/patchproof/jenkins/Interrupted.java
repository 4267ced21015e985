package org.patchproof.jenkins;

/** A person aborted the build, or a time limit is over: Jenkins' FlowInterruptedException. */
final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Interrupted(String why) {
        super(why);
    }
}
