package org.patchproof.history;

/** The database cannot be used; {@link #remedy()} says what to do. */
public final class HistoryException extends RuntimeException {
    private final String remedy;

    HistoryException(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
