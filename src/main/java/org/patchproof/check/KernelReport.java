package org.patchproof.check;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.patchproof.patch.PreflightReport;

/**
 * What would become of a series on one kernel.
 *
 * @param kernel its name
 * @param nevra its source package
 * @param sha256 of that package
 * @param rule what applies the patches, as a person would type it: {@code patch -p1 -F1}, {@code git am}
 * @param dialect how its spec applies patches, in words; empty when it was refused
 * @param refusal why our patches cannot be put into its spec so that they are surely applied; the
 *     hunks were tried without fuzz then
 * @param preflight per patch and hunk
 * @param unfollowed what the spec does to the tree before ours in a way that cannot be followed here: it may
 *     change the same files, and only preparing the tree shows whether ours apply behind it
 * @param notes what else a person should know: patches of the vendor's that come before
 */
public record KernelReport(
        String kernel,
        String nevra,
        String sha256,
        String rule,
        Optional<String> dialect,
        Optional<Refusal> refusal,
        PreflightReport preflight,
        List<String> unfollowed,
        List<String> notes) {
    public KernelReport {
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(nevra);
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(rule);
        Objects.requireNonNull(dialect);
        Objects.requireNonNull(refusal);
        Objects.requireNonNull(preflight);
        unfollowed = List.copyOf(unfollowed);
        notes = List.copyOf(notes);
    }

    /** What the specfile room saw, and what to do. */
    public record Refusal(String seen, String remedy) {}

    /** Whether it can be known here what becomes of the patches. */
    public boolean known() {
        return refusal.isPresent() || unfollowed.isEmpty();
    }

    /** Whether the kernel's packaging would surely apply every patch, and exactly: with fuzz, no proof is to be had. */
    public boolean applies() {
        return refusal.isEmpty()
                && unfollowed.isEmpty()
                && preflight.applies()
                && preflight.patches().stream().allMatch(p -> p.fuzz() == 0);
    }
}
