package org.patchproof.pipeline;

import java.util.Objects;

/** What was asked for cannot be done, and the one who asked can mend it. Exit code 2. */
public final class WrongRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param message what is wrong and where
     * @param remedy what to do about it
     */
    public WrongRequestException(String message, String remedy) {
        super(Objects.requireNonNull(message));
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** As the other, with what led to it. */
    public WrongRequestException(String message, String remedy, Throwable cause) {
        super(Objects.requireNonNull(message), cause);
        this.remedy = Objects.requireNonNull(remedy);
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
