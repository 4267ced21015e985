package org.patchproof.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lets through what was proved, and says of all else what is missing. Pure. */
public final class Gate {
    private static final String FIXED = "FIXED";
    private static final String RPM = "rpm";

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

    /** Asks each of {@code proofs}; one that lacks nothing is enough. */
    public static Outcome ask(GateRequest request, List<Proof> proofs) {
        return proofs.stream()
                .map(proof -> new Outcome(Optional.of(proof), lacking(request, proof)))
                .min(Comparator.comparingInt(outcome -> outcome.refusals().size()))
                .orElseGet(() -> new Outcome(
                        Optional.empty(),
                        List.of(new Refusal(
                                "no bundle has tried " + request.kernel() + " " + request.variant() + " of "
                                        + request.bug(),
                                "Prove it: " + verify(request)
                                        + "\nBundles of other hosts: name their folder with --proof DIR."))));
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
        if (proof.confidence() < request.confidence()) {
            refusals.add(new Refusal(
                    String.format(
                            Locale.ROOT,
                            "%s was asked for a confidence of %s, this release for %s",
                            proof.names(),
                            proof.confidence(),
                            request.confidence()),
                    "Prove it as sure: " + verify(request)));
        }
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

    /** What ships must be what made the difference, neither less nor more. */
    private static Optional<Refusal> patches(GateRequest request, Proof proof) {
        List<PatchDigest> fix = new ArrayList<>(proof.candidate());
        fix.removeIf(
                patch -> proof.control().stream().anyMatch(one -> one.sha256().equals(patch.sha256())));
        List<String> proved = fix.stream().map(PatchDigest::sha256).toList();
        List<String> ships = request.ships().stream().map(PatchDigest::sha256).toList();
        if (proved.equals(ships)) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "what " + proof.names() + " proved is " + list(fix) + ", to be shipped is " + list(request.ships()),
                "Let ship: in the bug's YAML name what makes the difference to the control, then prove it: "
                        + verify(request)));
    }

    private static String list(List<PatchDigest> patches) {
        return patches.isEmpty()
                ? "nothing"
                : String.join(", ", patches.stream().map(PatchDigest::toString).toList());
    }

    private static String verify(GateRequest request) {
        return "./patchproof verify " + request.bug() + " --kernel " + request.kernel() + " --variant "
                + request.variant() + " --confidence " + request.confidence();
    }
}
