package org.patchproof.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.patchproof.verdict.Standard;

/** Lets through what was proved, and says of all else what is missing. Pure. */
public final class Gate {
    private static final String FIXED = "FIXED";
    private static final String RPM = "rpm";
    private static final Set<String> AGAINST = Set.of("STILL_REPRODUCES", "REGRESSED");

    private Gate() {}

    /**
     * What came out.
     *
     * @param proof the proof that lets it through, or the one that lacks least; empty when there is none
     * @param refusals why it is not let through; empty when it is
     */
    public record Outcome(Optional<Proof> proof, List<Refusal> refusals) {
        public Outcome {
            refusals = List.copyOf(refusals);
        }

        /** Whether it may be released. */
        public boolean open() {
            return refusals.isEmpty();
        }
    }

    /**
     * Asks each of {@code proofs}; one that lacks nothing is enough, unless another says that the same fix of
     * the same source does not fix: on another host, with another acceleration.
     */
    public static Outcome ask(GateRequest request, List<Proof> proofs) {
        Outcome best = proofs.stream()
                .map(proof -> new Outcome(Optional.of(proof), lacking(request, proof)))
                .min(Comparator.comparingInt(outcome -> outcome.refusals().size()))
                .orElseGet(() -> new Outcome(Optional.empty(), List.of(nothing(request))));
        List<Refusal> refusals = new ArrayList<>(best.refusals());
        proofs.stream()
                .filter(proof -> best.proof().filter(proof::equals).isEmpty())
                .filter(proof -> speaksAgainst(request, proof))
                .map(proof -> new Refusal(
                        proof.names() + " says of the same fix in the same source " + proof.verdict() + ": "
                                + proof.explanation(),
                        "No other bundle outweighs it. Find out why it differs (./patchproof report), then prove"
                                + " what you mended: " + verify(request)))
                .forEach(refusals::add);
        return new Outcome(best.proof(), refusals);
    }

    private static boolean speaksAgainst(GateRequest request, Proof proof) {
        return AGAINST.contains(proof.verdict())
                && proof.source().filter(request.source()::equals).isPresent()
                && isOf(request, proof);
    }

    private static Refusal nothing(GateRequest request) {
        return new Refusal(
                "no bundle has tried " + request.kernel() + " " + request.variant() + " of " + request.bug(),
                "Prove it: " + verify(request) + "\nBundles of other hosts: name their folder with --proof DIR.");
    }

    private static List<Refusal> lacking(GateRequest request, Proof proof) {
        List<Refusal> refusals = new ArrayList<>();
        if (!proof.lane().equals(RPM)) {
            refusals.add(new Refusal(
                    proof.names() + " tried it in the " + proof.lane()
                            + " lane: what customers get, a package, was not tried",
                    "Prove it with packages: " + verify(request) + " --lane rpm"));
        }
        if (!proof.verdict().equals(FIXED)) {
            refusals.add(new Refusal(
                    "the verdict of " + proof.names() + " is " + proof.verdict() + ", not FIXED: "
                            + proof.explanation(),
                    no(proof.verdict())
                            ? "Mend the patch, then prove it: " + verify(request)
                            : "Go on until it is FIXED: " + verify(request) + " --max-trials 40"));
        }
        source(request, proof).ifPresent(refusals::add);
        patches(request, proof).ifPresent(refusals::add);
        standard(request, proof).ifPresent(refusals::add);
        if (!proof.custody().isEmpty()) {
            refusals.add(new Refusal(
                    "the chain from source package to booted kernel is broken in " + proof.names() + "; missing: "
                            + String.join("; ", proof.custody()),
                    "Restore the bundle with all its files, or prove it anew: " + verify(request)));
        }
        return refusals;
    }

    private static boolean no(String verdict) {
        return !verdict.equals("INCONCLUSIVE");
    }

    private static Optional<Refusal> source(GateRequest request, Proof proof) {
        if (proof.source().filter(request.source()::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                proof.names() + " tried a source package with sha256 "
                        + proof.source().orElse("that is not known") + ", to be released is " + request.source(),
                "Release that one (--srpm), or prove this one: " + verify(request)));
    }

    /** Sure enough, and of a leak that is rare enough: at --residual 1 only patches that do nothing are ruled out. */
    private static Optional<Refusal> standard(GateRequest request, Proof proof) {
        Standard had = proof.standard();
        Standard asked = request.standard();
        if (had.stricter(asked).equals(had)) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                String.format(
                        Locale.ROOT,
                        "%s was asked for a confidence of %s that a leak of %s of the control's is ruled out, this"
                                + " release for %s of %s",
                        proof.names(),
                        had.confidence(),
                        had.residual(),
                        asked.confidence(),
                        asked.residual()),
                "Prove it as sure: " + verify(request)));
    }

    /** What ships must be what made the difference, neither less nor more. */
    private static Optional<Refusal> patches(GateRequest request, Proof proof) {
        if (isOf(request, proof)) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "what " + proof.names() + " proved is " + list(proof.fix()) + ", to be shipped is "
                        + list(request.ships()),
                "Let ship: in the bug's YAML name what makes the difference to the control, then prove it: "
                        + verify(request)));
    }

    private static boolean isOf(GateRequest request, Proof proof) {
        return digests(proof.fix()).equals(digests(request.ships()));
    }

    private static List<String> digests(List<PatchDigest> patches) {
        return patches.stream().map(PatchDigest::sha256).toList();
    }

    private static String list(List<PatchDigest> patches) {
        return patches.isEmpty()
                ? "nothing"
                : String.join(", ", patches.stream().map(PatchDigest::toString).toList());
    }

    private static String verify(GateRequest request) {
        return "./patchproof verify " + request.bug() + " --kernel " + request.kernel() + " --variant "
                + request.variant() + " --confidence "
                + request.standard().confidence();
    }
}
