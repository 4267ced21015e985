package org.patchproof.triage;

import java.io.IOException;

/** A log of a form that is not read here; the message says of which, and what to do. */
final class UnreadableLogException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableLogException(String message) {
        super(message);
    }
}
