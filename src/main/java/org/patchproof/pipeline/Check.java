package org.patchproof.pipeline;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that a run needs of this host.
 *
 * @param name of a program, a library or a resource
 * @param state whether it will do
 * @param seen what was found: a version, a number, why not
 * @param remedy what to do; empty when all is well
 * @param packages that bring it, by family; empty when none does
 */
public record Check(String name, State state, String seen, String remedy, Map<DistroFamily, String> packages) {

    /** Whether it will do. */
    public enum State {
        /** It will. */
        OK,
        /** A run goes without, but worse. */
        WARNING,
        /** A run fails without. */
        MISSING
    }

    public Check {
        Objects.requireNonNull(name);
        Objects.requireNonNull(state);
        Objects.requireNonNull(seen);
        Objects.requireNonNull(remedy);
        Map<DistroFamily, String> sorted = new EnumMap<>(DistroFamily.class);
        sorted.putAll(packages);
        packages = Collections.unmodifiableMap(sorted);
    }

    /** All is well. */
    public static Check ok(String name, String seen) {
        return new Check(name, State.OK, seen, "", Map.of());
    }

    /** A run goes without, but worse; no package brings it. */
    public static Check warning(String name, String seen, String remedy) {
        return new Check(name, State.WARNING, seen, remedy, Map.of());
    }

    /** A run fails without; no package brings it. */
    public static Check missing(String name, String seen, String remedy) {
        return new Check(name, State.MISSING, seen, remedy, Map.of());
    }
}
