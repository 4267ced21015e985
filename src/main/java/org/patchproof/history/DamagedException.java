package org.patchproof.history;

/** The database's file is not one, or not whole. Whoever has the bundles can make it again. */
public final class DamagedException extends Exception {
    DamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
