package org.patchproof.vm;

/** Hears the console of a guest while it prints. Called on one thread, in order. */
@FunctionalInterface
public interface ConsoleListener {
    /** The next {@code count} bytes, at the start of {@code bytes}; the array is used again afterwards. */
    void accept(byte[] bytes, int count);

    /** Hears nothing. */
    ConsoleListener DEAF = (bytes, count) -> {};
}
