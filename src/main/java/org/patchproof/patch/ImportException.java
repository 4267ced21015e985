package org.patchproof.patch;

import java.util.Objects;

/** Commits that cannot become patches: why, and what to do. */
public final class ImportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * An exception.
     *
     * @param problem what is wrong, with the commit
     * @param remedy what to do about it
     */
    public ImportException(String problem, String remedy) {
        super(Objects.requireNonNull(problem));
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
