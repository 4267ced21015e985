package org.patchproof.verdict;

import java.util.List;

/**
 * The chain from source package to booted kernel.
 *
 * @param missing what is not proved, each in words; empty when the chain is whole
 */
public record Custody(List<String> missing) {

    public Custody {
        missing = List.copyOf(missing);
    }

    /** Every link is proved. */
    public static Custody complete() {
        return new Custody(List.of());
    }

    /** Whether every link is proved. */
    public boolean whole() {
        return missing.isEmpty();
    }
}
