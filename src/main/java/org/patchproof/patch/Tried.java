package org.patchproof.patch;

import java.util.Map;

/** What the tools said when the patch was put in, and when it was taken out of the same files; and where. */
record Tried(ToolRun in, ToolRun out, Landing into, Landing outOf) {
    static Tried of(ToolRun in, ToolRun out) {
        return new Tried(in, out, Landing.UNKNOWN, Landing.UNKNOWN);
    }

    Tried looked(Patch patch, Map<String, String> before, boolean strict) {
        Landing landing = strict ? Landing.forward(patch, in, before) : Landing.UNKNOWN;
        return new Tried(in, out, landing, Landing.reverse(patch, out, before));
    }
}
