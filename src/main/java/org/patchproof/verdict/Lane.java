package org.patchproof.verdict;

/** By which way a kernel came from its source to a guest. Verdicts of two lanes are never put together. */
public enum Lane {
    /** Packed as it ships, installed by the guest's package manager, booted as it was installed. */
    RPM("rpm", ""),
    /** Booted as it came out of the build: for a developer's inner loop. */
    QUICK("quick", " Quick lane: the kernel was booted as it was built, not packed and not installed.");

    private final String word;
    private final String caveat;

    Lane(String word, String caveat) {
        this.word = word;
        this.caveat = caveat;
    }

    /** As it is asked for. */
    public String word() {
        return word;
    }

    /** What a verdict's story has to say of it. */
    String caveat() {
        return caveat;
    }

    /** {@code text}, with the lane behind it where it is not the usual one. */
    public String mark(String text) {
        return this == RPM ? text : text + " (" + word + ")";
    }
}
