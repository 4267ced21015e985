package org.patchproof.build;

/** The kernel's source is not here, or is not what it should be. */
public final class SourceMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public SourceMissingException(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    /** How to get it. */
    public String remedy() {
        return remedy;
    }
}
