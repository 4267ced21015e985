package org.patchproof.specfile;

import org.patchproof.patch.Patch;

/** A patch and the number under which the spec will declare it. */
record NumberedPatch(int number, Patch patch) {
    String name() {
        return patch.name();
    }

    /** The tag as the listing check greps for it: one blank behind the colon, none at the end. */
    String tag() {
        return "Patch" + number + ": " + name();
    }
}
