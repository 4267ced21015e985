package org.patchproof.release;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchproof.verdict.Standard;

/** Lets through what was proved, and says of all else what is missing. Pure. */
public final class Gate {
    private static final String FIXED = "FIXED";
    private static final String RPM = "rpm";
    private static final String STILL_REPRODUCES = "STILL_REPRODUCES";
    private static final String REGRESSED = "REGRESSED";

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
     * Asks each of {@code proofs} that has the names of the request; one that lacks nothing is enough, unless any other,
     * under whatever name, says that the same fix of the same source does not fix: on another host, with another
     * acceleration.
     *
     * @param unread places and bundles that may have said no, and could not be read
     */
    public static Outcome ask(GateRequest request, List<Proof> proofs, List<String> unread) {
        Outcome best = proofs.stream()
                .filter(proof -> proof.of().equals(request.subject()))
                .map(proof -> new Outcome(Optional.of(proof), lacking(request, proof)))
                .min(Comparator.comparingInt(outcome -> outcome.refusals().size()))
                .orElseGet(() -> new Outcome(Optional.empty(), List.of(nothing(request))));
        List<Refusal> refusals = new ArrayList<>(best.refusals());
        proofs.stream()
                .filter(proof -> best.proof().filter(proof::equals).isEmpty())
                .filter(proof -> speaksAgainst(request, proof))
                .map(proof -> against(request, proof))
                .forEach(refusals::add);
        unread.stream().map(Gate::unread).forEach(refusals::add);
        return new Outcome(best.proof(), refusals);
    }

    /**
     * Whether it was seen, in whatever state the bundle is by now, that the fix does not fix this bug, or that it does
     * harm. That another bug is still there says nothing.
     */
    private static boolean speaksAgainst(GateRequest request, Proof proof) {
        boolean thisBug = proof.of().bug().equals(request.bug());
        boolean seen = proof.verdict().equals(REGRESSED)
                || thisBug
                        && (proof.verdict().equals(STILL_REPRODUCES)
                                || proof.trials().showed() > 0);
        return seen
                && proof.source().filter(request.source()::equals).isPresent()
                && (isOf(request, proof) || holds(request, proof));
    }

    private static Refusal against(GateRequest request, Proof proof) {
        String named =
                proof.of().equals(request.subject()) ? "" : " (" + proof.of().words() + ")";
        return new Refusal(
                proof.names() + named + " says of the same fix in the same source " + proof.verdict() + ": "
                        + proof.explanation(),
                "No other bundle outweighs it. Find out why it differs (./patchproof report), then prove"
                        + " what you mended: " + verify(request));
    }

    private static Refusal unread(String what) {
        return new Refusal(
                what,
                "What cannot be read may say that it is not fixed. Name places that hold bundles (--proof DIR); read a"
                        + " bundle of another version with that version (./patchproof report), and move away what"
                        + " is damaged once you know what it was.");
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
        build(request, proof).ifPresent(refusals::add);
        patches(request, proof).ifPresent(refusals::add);
        unaccounted(request, proof).ifPresent(refusals::add);
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

    /** Other options, or another root, make another kernel of the same source. */
    private static Optional<Refusal> build(GateRequest request, Proof proof) {
        if (proof.built().digest().filter(request.build()::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                proof.names()
                        + (proof.built().digest().isPresent()
                                ? " tried packages that were built otherwise than the kernel's YAML says now (build:)"
                                : " does not say how its packages were built: an earlier version wrote it"),
                "Prove what is built so: " + verify(request)));
    }

    /**
     * What came out, in sight of the compiler that there is.
     *
     * @param compiler gcc's version in the build root, which is opened when the gate was asked
     */
    public static Outcome compiler(GateRequest request, Outcome outcome, String compiler) {
        String proved = outcome.proof().map(proof -> proof.built().compiler()).orElse("");
        if (proved.isEmpty() || proved.equals(compiler)) {
            return outcome;
        }
        List<Refusal> refusals = new ArrayList<>(outcome.refusals());
        refusals.add(new Refusal(
                outcome.proof().orElseThrow().names() + " tried what gcc " + proved + " had built, the build root has"
                        + " gcc " + compiler,
                "Release in the root of the proof, or prove what this one builds: " + verify(request)));
        return new Outcome(outcome.proof(), refusals);
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

    /**
     * What was tried is the source with the fix and an instrumentation, and what ships is that without the latter. A
     * patch that is neither, or that the control alone has, as one that takes out a fix that the source has, was part
     * of what was tried, and is not part of what ships.
     */
    private static Optional<Refusal> unaccounted(GateRequest request, Proof proof) {
        if (!proof.controlAlone().isEmpty()) {
            return Optional.of(new Refusal(
                    "the control of " + proof.names() + " alone has " + list(proof.controlAlone())
                            + ": the bug may be that, and its absence what was proved",
                    "Let the control's patches be the variant's without the fix; a source that has the fix already is"
                            + " nothing to release of. Then prove it: " + verify(request)));
        }
        List<PatchDigest> known = new ArrayList<>(request.instrumentation());
        known.addAll(proof.fix());
        known.addAll(request.ships()); // of which patches() says what is wrong
        List<PatchDigest> more = proof.beside(known);
        return more.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        proof.names() + " tried the fix together with " + list(more)
                                + ", which is neither shipped nor this variant's instrumentation",
                        "Prove what is to be shipped: " + verify(request)));
    }

    private static boolean isOf(GateRequest request, Proof proof) {
        return digests(proof.fix()).equals(digests(request.ships()));
    }

    /** Where no control says what the instrumentation is, every patch that ships among those that were tried. */
    private static boolean holds(GateRequest request, Proof proof) {
        return proof.control().isEmpty() && digests(proof.candidate()).containsAll(digests(request.ships()));
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
