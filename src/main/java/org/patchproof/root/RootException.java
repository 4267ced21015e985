package org.patchproof.root;

/** A build root cannot be used here: trouble of ours, which says nothing of any kernel. */
public final class RootException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public RootException(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
