package org.patchproof.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.patchproof.pipeline.MergedVariant.Counted;
import org.patchproof.pipeline.MergedVariant.Held;
import org.patchproof.pipeline.MergedVariant.Part;
import org.patchproof.pipeline.RunRecord.Proof;
import org.patchproof.plan.VariantRole;
import org.patchproof.repro.Trial;
import org.patchproof.verdict.Arm;
import org.patchproof.verdict.Judge;
import org.patchproof.verdict.Lane;
import org.patchproof.verdict.Standard;
import org.patchproof.verdict.Verdict;

/**
 * A kernel under one set of conditions: its variants from all bundles, judged anew from their trials.
 *
 * @param notes why other bundles of this kernel are not part of it
 * @param variants the control first
 */
record MergedCell(Conditions conditions, List<String> notes, List<MergedVariant> variants) {

    static MergedCell of(Conditions conditions, List<Merge.Page> pages, List<String> notes) throws IOException {
        Map<String, List<Part>> named = Merge.byVariant(pages);
        List<Part> controls = named.values().stream()
                .flatMap(List::stream)
                .filter(part -> part.variant().role() == VariantRole.CONTROL)
                .toList();
        List<MergedVariant> variants = new ArrayList<>();
        Arm control = controls.isEmpty()
                ? new Arm.Infrastructure(noControl(notes))
                : MergedVariant.arm(held(controls, controls), MergedVariant.number(controls));
        for (Map.Entry<String, List<Part>> one : named.entrySet()) {
            variants.add(judged(one.getKey(), one.getValue(), controls, control, conditions.lane()));
        }
        variants.sort(Comparator.comparing(MergedVariant::role));
        return new MergedCell(conditions, notes, variants);
    }

    private static String noControl(List<String> notes) {
        return "no bundle with these conditions has a control"
                + (notes.isEmpty() ? "" : "; " + String.join("; ", notes));
    }

    private static MergedVariant judged(String name, List<Part> parts, List<Part> controls, Arm control, Lane lane)
            throws IOException {
        List<Held> held = held(parts, controls);
        List<Counted> trials = MergedVariant.number(parts);
        VariantRole role = parts.get(0).variant().role();
        Standard standard = parts.stream()
                .map(part -> part.run().record().asked().stopping().standard())
                .reduce(Standard::stricter)
                .orElseThrow();
        Arm own = MergedVariant.arm(held, trials);
        Verdict verdict = role == VariantRole.CONTROL ? Judge.control(own) : Judge.candidate(control, own, standard);
        return new MergedVariant(name, role, held, trials, verdict.in(lane), standard, trouble(held, own, control));
    }

    /** Trouble of ours: no trial at all, more trials lost than the run makes up for, no control here. */
    private static Optional<String> trouble(List<Held> parts, Arm own, Arm control) {
        if (own instanceof Arm.Infrastructure failed) {
            return Optional.of(failed.reason());
        }
        Optional<String> lost = parts.stream()
                .flatMap(held -> held.part().variant().trouble().stream())
                .findFirst();
        boolean allLost = own instanceof Arm.Tried tried
                && tried.trials().stream().allMatch(trial -> trial.outcome() == Trial.Outcome.INFRA);
        if (lost.isPresent() || allLost) {
            return lost.or(() -> Optional.of("every trial was lost by our own fault"));
        }
        return control instanceof Arm.Infrastructure failed
                ? Optional.of("the control was not tried: " + failed.reason())
                : Optional.empty();
    }

    private static List<Held> held(List<Part> parts, List<Part> controls) throws IOException {
        List<Held> held = new ArrayList<>();
        for (Part part : parts) {
            held.add(new Held(
                    part,
                    CustodyCheck.of(
                            part.run().directory(),
                            part.cell().source(),
                            controlProof(part, controls),
                            part.variant(),
                            part.run().record().asked().lane())));
        }
        return held;
    }

    /**
     * The proof of the control of the same bundle, else that of the first other. Where there is no control
     * at all, the judge hears that; the chain of the candidate itself may still be whole.
     */
    private static Optional<Proof> controlProof(Part part, List<Part> controls) {
        Optional<Part> own = controls.stream()
                .filter(control -> control.run().id().equals(part.run().id()))
                .findFirst();
        Part control = own.or(() -> controls.stream().findFirst()).orElse(part);
        return control.variant().proof();
    }
}
