package org.patchproof.specfile;

import java.util.ArrayList;
import java.util.List;
import org.patchproof.patch.PatchStyle;
import org.patchproof.patch.TouchedFile;

/** Injects a patch series into a spec file so that it is really applied, and applied last; or refuses. */
public final class SpecInjector {
    private SpecInjector() {}

    /**
     * What becomes of {@code request} in {@code spec}; the given spec is not changed. Injecting the
     * same request into the result gives {@link InjectionOutcome.AlreadyInjected}.
     */
    public static InjectionOutcome inject(SpecFile spec, InjectionRequest request) {
        try {
            requireLineFeeds(spec);
            if (!Marks.in(spec)) {
                return injectInto(spec, request);
            }
            InjectionOutcome.Injected again = injectInto(Marks.strip(spec), asThere(spec, request));
            if (again.spec().equals(spec)) {
                return new InjectionOutcome.AlreadyInjected(again);
            }
            throw new Refusal(
                    "another injection is in this spec already, or it was edited since",
                    "start from the vendor's spec");
        } catch (Refusal refusal) {
            return refusal.outcome();
        }
    }

    /** As saved on Windows: rpm itself takes the CR for a part of each name. */
    private static void requireLineFeeds(SpecFile spec) {
        List<String> texts = spec.texts();
        long returns = texts.stream().filter(t -> t.endsWith("\r")).count();
        if (returns > texts.size() / 2) {
            throw new Refusal(
                    "the lines of the spec end in CR LF (" + returns + " of " + texts.size() + ")",
                    "save it with LF line ends, as dos2unix does: rpmbuild wants them, too");
        }
    }

    /** Injecting on another day, without a date of its own, is not another injection. */
    private static InjectionRequest asThere(SpecFile spec, InjectionRequest request) {
        return new InjectionRequest(
                request.series(),
                request.releaseSuffix(),
                request.changelog().map(entry -> ChangelogEdit.asThere(spec, entry)),
                request.suffixHome());
    }

    private static InjectionOutcome.Injected injectInto(SpecFile spec, InjectionRequest request) {
        SpecFacts facts = SpecFacts.of(spec);
        PatchingTools.requireRpmsOwn(spec);
        List<NumberedPatch> patches = Declarations.number(facts, request.series());
        DialectPlan plan = dialect(facts).plan(facts, patches);
        SpecEdits edits =
                new SpecEdits(spec, "series sha256:" + request.series().digest());
        List<String> explanation = new ArrayList<>(plan.explanation());
        declare(facts, patches, edits, explanation);
        plan.calls().ifPresent(c -> edits.insert(c.before(), c.lines(), c.why()));
        List<String> defines = request.releaseSuffix()
                .map(suffix -> ReleaseEdit.apply(spec, suffix, request.suffixHome(), edits, explanation))
                .orElse(List.of());
        request.changelog().ifPresent(entry -> ChangelogEdit.apply(spec, entry, edits));
        noteStrays(spec, explanation);
        explanation.addAll(IncludedFiles.notes(spec));
        noteModes(plan, patches, explanation);
        SpecEdits.Edited edited = edits.apply();
        FinalCheck.require(edited.spec(), plan, patches);
        Undoing.requireNone(edited.spec(), patches);
        return new InjectionOutcome.Injected(
                edited.spec(), plan.name(), plan.style(), plan.rule(), edited.placements(), explanation, defines);
    }

    private static Dialect dialect(SpecFacts facts) {
        return Dialect.all().stream().filter(d -> d.spokenIn(facts)).findFirst().orElseThrow();
    }

    private static void declare(
            SpecFacts facts, List<NumberedPatch> patches, SpecEdits edits, List<String> explanation) {
        int place = Declarations.place(facts);
        List<String> tags = patches.stream().map(NumberedPatch::tag).toList();
        edits.insert(place, tags, "declared last, under numbers that the spec does not use");
        explanation.add("declared as " + tags.get(0).split(":")[0]
                + (tags.size() > 1 ? " to " + tags.get(tags.size() - 1).split(":")[0] : "") + ", line " + place
                + ", depth 0, behind the last " + (facts.patchTags().isEmpty() ? "Source" : "Patch") + " tag");
    }

    private static void noteModes(DialectPlan plan, List<NumberedPatch> patches, List<String> explanation) {
        for (NumberedPatch patch : patches) {
            boolean executable = patch.patch().files().stream().anyMatch(f -> f.mode() == TouchedFile.Mode.EXECUTABLE);
            if (plan.style() == PatchStyle.PLAIN && executable) {
                explanation.add(
                        patch.name() + " creates an executable file; written plain, the file is not executable");
            }
        }
    }

    private static void noteStrays(SpecFile spec, List<String> explanation) {
        if (!spec.strayEndifs().isEmpty()) {
            explanation.add("the spec has an %endif that closes nothing, in line "
                    + spec.strayEndifs().get(0) + ": rpm may stop there");
        }
        if (spec.unclosedIfs() > 0) {
            explanation.add("the spec has " + spec.unclosedIfs() + " %if that are never closed");
        }
    }
}
