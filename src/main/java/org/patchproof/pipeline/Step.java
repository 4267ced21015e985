package org.patchproof.pipeline;

/** The steps of a run, in their order. */
public enum Step {
    SOURCE("getting the source package"),
    ROOT("opening the build root"),
    UNPACK("unpacking the source package"),
    INJECT("putting the patches into the spec"),
    PREPARE("preparing the source tree"),
    PROVE("proving that the tree carries the patches"),
    BUILD("building the packages"),
    GUEST("making the guest image"),
    INSTALL("installing the kernel in the guest"),
    BOOT("booting the installed kernel"),
    TRIAL("provoking the bug"),
    JUDGE("judging"),
    CHECK("comparing what was built"),
    SIGN("signing packages and repository"),
    CUSTOMER("trying it as a customer would"),
    PAPERS("writing the papers");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /** What goes on in it, in the present tense. */
    public String label() {
        return label;
    }
}
