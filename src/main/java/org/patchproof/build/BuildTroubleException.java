package org.patchproof.build;

/** We failed, not the kernel: a tool lacks, the disk is full, the time is up. */
public final class BuildTroubleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public BuildTroubleException(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
