package org.patchproof.release;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.patchproof.verdict.Standard;

/**
 * What bundles show of one variant under one set of conditions, judged from their trials.
 *
 * @param of the variant, by the names that the bundles give it
 * @param bundles names of the bundles, at least one, with the sha256 of their record
 * @param verdict one word, as FIXED
 * @param explanation the verdict with its numbers, for people
 * @param lane how the kernel came into the guest: {@code rpm} when it was installed from its package
 * @param source sha256 of the source package that was patched; empty when the bundle does not say
 * @param built how it was built
 * @param control patches of the control
 * @param candidate patches of the variant
 * @param standard that FIXED was asked to meet
 * @param custody what the chain from source package to booted kernel lacks; empty when it is whole
 * @param trials how many trials of the variant count, and exposures in them
 */
public record Proof(
        Subject of,
        List<Bundle> bundles,
        String verdict,
        String explanation,
        String lane,
        Optional<String> source,
        Built built,
        List<PatchDigest> control,
        List<PatchDigest> candidate,
        Standard standard,
        List<String> custody,
        Counts trials) {

    /** What was tried, by its names. */
    public record Subject(String bug, String kernel, String variant) {
        public Subject {
            requireNonNull(bug);
            requireNonNull(kernel);
            requireNonNull(variant);
        }

        /** For people. */
        String words() {
            return kernel + " " + variant + " of " + bug;
        }
    }

    /**
     * How packages were made.
     *
     * @param digest of what the kernel's YAML says of it; empty when the bundles do not say, or not the same
     * @param compiler gcc's version; empty when the bundles do not say
     */
    public record Built(Optional<String> digest, String compiler) {
        public Built {
            requireNonNull(digest);
            requireNonNull(compiler);
        }
    }

    /** A bundle by its name and the sha256 of its run.json. */
    public record Bundle(String id, String sha256) {}

    /** Trials that count and exposures in them, in both arms. */
    public record Counts(
            int controlTrials, int controlShowed, int controlExposures, int trials, int showed, int exposures) {
        /** In words. */
        public String words() {
            return "without the fix " + controlShowed + " of " + controlTrials + " trials showed the bug ("
                    + controlExposures + " exposures), with it " + showed + " of " + trials + " (" + exposures
                    + " exposures)";
        }
    }

    public Proof {
        requireNonNull(of);
        bundles = List.copyOf(bundles);
        requireNonNull(verdict);
        requireNonNull(explanation);
        requireNonNull(lane);
        requireNonNull(source);
        requireNonNull(built);
        requireNonNull(standard);
        control = List.copyOf(control);
        candidate = List.copyOf(candidate);
        custody = List.copyOf(custody);
        requireNonNull(trials);
        if (bundles.isEmpty()) {
            throw new IllegalArgumentException("a proof without a bundle");
        }
    }

    /** The patches in which the variant differs from the control: what was proved, or was not. */
    List<PatchDigest> fix() {
        return without(candidate, control);
    }

    /** What the variant lacks of the control: whatever it did there, nobody tried the fix with it. */
    List<PatchDigest> controlAlone() {
        return without(control, candidate);
    }

    private static List<PatchDigest> without(List<PatchDigest> patches, List<PatchDigest> others) {
        return patches.stream()
                .filter(patch -> others.stream().noneMatch(one -> one.sha256().equals(patch.sha256())))
                .toList();
    }

    /** What was tried beside {@code known}, by digest. */
    List<PatchDigest> beside(List<PatchDigest> known) {
        return without(candidate, known);
    }

    /** The bundles' names, for messages. */
    String names() {
        return String.join(", ", bundles.stream().map(Bundle::id).toList());
    }
}
