package org.patchproof.vm;

/** This host cannot make or run this guest: our trouble, with the remedy. */
public final class GuestUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public GuestUnavailableException(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
