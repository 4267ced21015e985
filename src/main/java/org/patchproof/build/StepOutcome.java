package org.patchproof.build;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What one step of a build came to, when the kernel or its patches can be at fault.
 *
 * @param <T> what the step makes
 */
public sealed interface StepOutcome<T> {

    /** The step is done. */
    record Done<T>(T value) implements StepOutcome<T> {
        public Done {
            Objects.requireNonNull(value);
        }
    }

    /** A patch is not in the tree as it should be; the lines say which, which hunk, and why. */
    record Rejected<T>(List<String> lines) implements StepOutcome<T> {
        public Rejected {
            lines = List.copyOf(lines);
        }
    }

    /** The source does not build; the first line is the first error. */
    record Broken<T>(List<String> lines) implements StepOutcome<T> {
        public Broken {
            lines = List.copyOf(lines);
        }
    }

    /** One of the three. */
    default <R> R match(Function<T, R> done, Function<List<String>, R> rejected, Function<List<String>, R> broken) {
        if (this instanceof Done<T> d) {
            return done.apply(d.value());
        }
        return this instanceof Rejected<T> r ? rejected.apply(r.lines()) : broken.apply(((Broken<T>) this).lines());
    }
}
