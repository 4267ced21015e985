package org.patchproof.pipeline;

import java.util.Objects;

/** This host, or something of ours, failed. It is never evidence about a kernel. Exit code 4. */
public final class TroubleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param message what is wrong and where
     * @param remedy what to do about it
     */
    public TroubleException(String message, String remedy) {
        super(Objects.requireNonNull(message));
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** As the other, with what led to it. */
    public TroubleException(String message, String remedy, Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
